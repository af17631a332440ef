{#-
    Raw signals of a model, in the columns and order of signal_columns(); typed NULL for what the model leaves out, so
    that a column added here one day asks nothing of a model elsewhere.
    model: one that the `extra_signals` var names. It gives at least signal_id, person_id,
    activity_type and occurred_at.
-#}
{% macro signals_of(model) -%}
    {%- set relation = ref(model) -%}
    {%- set given = [] -%}
    {%- for column in (adapter.get_columns_in_relation(relation) if execute else []) -%}
        {%- do given.append(column.name | lower) -%}
    {%- endfor -%}
    {%- for name in ['signal_id', 'person_id', 'activity_type', 'occurred_at'] if given and name not in given -%}
        {%- do exceptions.raise_compiler_error('extra_signals: ' ~ model ~ ' has no column ' ~ name) -%}
    {%- endfor %}
    select
        {%- for name in handoff.signal_columns() %}
        {% if name in given or not given -%}
        {{ name }}
        {%- elif name == 'source_system' -%}
        '{{ model }}' as source_system
        {%- elif name == 'source_activity_id' -%}
        signal_id as source_activity_id
        {%- elif name == 'occurred_at_precision' -%}
        'exact' as occurred_at_precision
        {%- elif name == 'is_bot' -%}
        false as is_bot
        {%- else -%}
        cast(null as {{ dbt.type_string() }}) as {{ name }}
        {%- endif %}{% if not loop.last %},{% endif %}
        {%- endfor %}
    from {{ relation }}
{%- endmacro %}
