{#-
    The rows of every measure of account readiness: each model of the folder `measures` is one, found by its place, so
    that a new file needs no line here. Its SQL is read from dbt's graph and stands in the query as a subquery.
    columns: list of the columns that every measure has.
    What a measure reads must be read by the model that calls this too (dbt builds what comes before by that).
-#}
{% macro union_of_measures(columns) -%}
    {%- if execute -%}
        {%- set measures = [] -%}
        {%- for node in graph.nodes.values() -%}
            {%- if node.resource_type == 'model' and 'measures' in node.fqn -%}
                {%- do measures.append(node) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- for node in measures | sort(attribute='name') %}
    select {{ columns | join(', ') }}
    from ({{ render(node.raw_code) }}) as {{ node.name }}
            {%- if not loop.last %}
    union all
            {%- endif -%}
        {%- endfor -%}
    {%- else -%}
    select 1
    {%- endif -%}
{%- endmacro %}
