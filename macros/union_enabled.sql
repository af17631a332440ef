{#-
    Every row of the staging models that feed an entity, stacked; no rows, typed, where no vendor is switched on.
    entity: an entity of the data contract. columns: list of {name, type}; the entity's canonical ones by default.
    Besides these it carries source_system, source_table, row_key and disposition. Texts that marts show come without
    e-mail addresses and phone numbers from here on.
    passed: whether the columns that pass through come along; NULL from a vendor that does not have them.
-#}
{% macro union_enabled(entity, columns=none, passed=false) %}
    {%- set row_columns = [
        {'name': 'source_system', 'type': 'varchar'},
        {'name': 'source_table', 'type': 'varchar'},
        {'name': 'row_key', 'type': 'varchar'},
        {'name': 'disposition', 'type': 'varchar'},
    ] -%}
    {%- set all_columns = row_columns + (columns or handoff.canonical_columns(entity)) -%}
    {%- set passed_names = handoff.passed_columns(entity) if passed else [] -%}
    {%- for feed in handoff.staging_of(entity) %}
    {%- set given_names = handoff.passed_columns(entity, feed) if passed else [] %}
    select
        {%- for name in passed_names %}
        {% if name in given_names %}{{ handoff.without_address(name) }}{% else %}cast(null as varchar){% endif %} as {{ name }},
        {%- endfor %}
        {%- for column in all_columns %}
        {%- if column.name in handoff.texts_shown(entity) %}
        {{ handoff.without_address(column.name, handoff.texts_shown(entity)[column.name]) }} as {{ column.name }}
        {%- else %}
        {{ column.name }}
        {%- endif %}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from {{ ref(feed.model) }}
    {%- if not loop.last %}

    union all
    {% endif %}
    {%- else %}
    select
        {%- for name in passed_names %}
        cast(null as varchar) as {{ name }},
        {%- endfor %}
        {%- for column in all_columns %}
        cast(null as {{ column.type }}) as {{ column.name }}{% if not loop.last %},{% endif %}
        {%- endfor %}
    where false
    {%- endfor %}
{% endmacro %}
