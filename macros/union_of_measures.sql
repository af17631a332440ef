{#-
    The rows of every measure of account readiness: each model of our folder `measures` is one, found by its place, so
    that a new file needs no line here; its SQL is read from dbt's graph and stands in the query as a subquery. Then the
    models that the `extra_measures` var names: {measure: model of the installing project}.
    columns: list of the columns that every measure has.
    What a measure of ours reads must be read by the model that calls this too (dbt builds what comes before by that).
-#}
{% macro union_of_measures(columns) -%}
    {%- set extras = var('extra_measures', {}) -%}
    {%- set extra_relations = [] -%}
    {%- for name in extras.values() -%} {%- do extra_relations.append(ref(name)) -%} {%- endfor -%}
    {%- if execute -%}
        {%- set measures = [] -%}
        {%- for node in graph.nodes.values() -%}
            {%- if node.resource_type == 'model' and node.package_name == model.package_name and 'measures' in node.fqn -%}
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
        {%- for relation in extra_relations %}
    union all
    select {{ columns | join(', ') }} from {{ relation }}
        {%- endfor -%}
    {%- else -%}
    select 1
    {%- endif -%}
{%- endmacro %}
