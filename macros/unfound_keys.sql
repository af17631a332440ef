{#-
    Keys that stand in a mart and not in the mart whose key they are: a query, one row per mart and column that has some.
    marts: names of the marts to look through. targets: {mart: {key: its key, columns: [what the key is called elsewhere]}}.
    Words that stand for no key (none, unassigned) are none.
-#}
{% macro unfound_keys(marts, targets) -%}
    {%- set relations = {} -%}
    {%- for name in marts + targets.keys() | list -%} {%- do relations.update({name: ref(name)}) -%} {%- endfor -%}
    {%- set pairs = [] -%}
    {%- for node in (graph.nodes.values() if execute else []) if node.resource_type == 'model' and node.name in marts -%}
        {%- for target, entry in targets.items() -%}
            {%- for column in entry.columns if column in node.columns and not (node.name == target and column == entry.key) -%}
                {%- do pairs.append([node.name, column, target, entry.key]) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for mart, column, target, key in pairs %}
    select
        '{{ mart }}' as mart,
        '{{ column }}' as key_column,
        count(*) as unfound_count
    from {{ relations[mart] }} as holders
    where
        holders.{{ column }} is not null
        and holders.{{ column }} not in ('none', 'unassigned')
        and not exists (select 1 from {{ relations[target] }} as found where found.{{ key }} = holders.{{ column }})
    having count(*) > 0
    {% if not loop.last %}union all{% endif %}
    {%- else %}
    select 1 as nothing_to_look_through where false
    {%- endfor %}
{%- endmacro %}
