{#-
    The rows of a rule seed, as a query: those of the seed (the shipped one, or the installing project's of the same name
    in its place), and those of the seeds that the `extra_rules` var names for it. Of two rows of one key (`meta.key` of
    the seed) the extra one holds. Columns that an extra seed leaves out are empty.
    `extra_rules: {rule_signals: [acme_signals]}`: seeds of the installing project, every column text.
-#}
{% macro rule_rows(seed) -%}
    {%- set named = var('extra_rules', {}).get(seed, []) -%}
    {%- set extras = [named] if named is string else named -%}
    {%- if not extras -%}
    select * from {{ ref(seed) }}
    {%- else -%}
    {%- set shipped = ref(seed) -%}
    {%- set columns = handoff.columns_of_rules(seed, shipped) -%}
    {%- set key = handoff.key_of_rules(seed) -%}
    {%- for extra in extras %}
    {%- set relation = ref(extra) -%}
    {%- set given = handoff.columns_of_rules(extra, relation) %}
    select
        {%- for column in columns %}
        {% if column in given %}{{ column }}{% else %}cast(null as {{ dbt.type_string() }}) as {{ column }}{% endif %}
        {%- if not loop.last %},{% endif %}
        {%- else %} *
        {%- endfor %}
    from {{ relation }}

    union all
    {% endfor %}
    select {{ columns | join(', ') or '*' }} from {{ shipped }} as shipped
    {%- if key %}
    where
        {%- for extra in extras %}
        not exists (
            select 1 from {{ ref(extra) }} as extra
            where
                {%- for column in key %}
                {% if not loop.first %}and {% endif -%}
                lower(coalesce({{ handoff.rule_text('extra.' ~ column) }}, '')) = lower(coalesce({{ handoff.rule_text('shipped.' ~ column) }}, ''))
                {%- endfor %}
        )
        {%- if not loop.last %} and{% endif %}
        {%- endfor %}
    {%- endif %}
    {%- endif -%}
{%- endmacro %}

{#-
    The columns of a seed of rules, in lower case; none before it is loaded. Raises an error for one that is not text: a
    seed's types are guessed by its cells, and a guess makes 7 of 007.
-#}
{% macro columns_of_rules(name, relation) -%}
    {%- set columns = [] -%}
    {%- for column in (adapter.get_columns_in_relation(relation) if execute else []) -%}
        {%- if not column.is_string() -%}
            {%- do exceptions.raise_compiler_error(
                name ~ ': column ' ~ column.name ~ ' is ' ~ column.dtype ~ ', and every cell of a rule is text: give ' ~ name
                ~ ' config: column_types: {' ~ column.name | lower ~ ': ' ~ dbt.type_string() ~ ', …}'
            ) -%}
        {%- endif -%}
        {%- do columns.append(column.name | lower) -%}
    {%- endfor -%}
    {{ return(columns) }}
{%- endmacro %}

{#- The columns that tell two rows of a rule seed apart: `meta.key` of its YAML. -#}
{% macro key_of_rules(seed) -%}
    {%- set key = [] -%}
    {%- for node in (graph.nodes.values() if execute else []) if node.resource_type == 'seed' and node.name == seed -%}
        {%- do key.extend(node.config.meta.get('key', [])) -%}
    {%- endfor -%}
    {{ return(key) }}
{%- endmacro %}
