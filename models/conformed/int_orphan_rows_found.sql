{#- Addresses are found in the model that lists them; all other parents by their rows' keys. -#}
{%- set links = parent_links() | rejectattr('parent', 'equalto', 'person') | list -%}
{%- set parents = links | map(attribute='parent') | unique | sort | list -%}
with

children as (

    {% for link in links %}
        select
            source_system,
            source_table,
            source_row_number,
            '{{ link.parent }}' as parent_table,
            {{ 'lower(' ~ link.column ~ ')' if link.parent.endswith('_addresses') else link.column }} as parent_key
        from {{ ref('stg_' ~ link.vendor ~ '__' ~ link.table) }}
        where
            disposition = 'current'
            and {{ link.column }} is not null

        union all

    {% endfor %}
    select
        cast(null as varchar) as source_system,
        cast(null as varchar) as source_table,
        cast(null as bigint) as source_row_number,
        cast(null as varchar) as parent_table,
        cast(null as varchar) as parent_key
    where false

),

parents as (

    {% for parent in parents %}
        {% set vendor, table = parent.split('.') %}
        {% set is_addresses = table.endswith('_addresses') %}
        {% set model = 'int_' ~ vendor ~ '_' ~ table ~ '_listed' if is_addresses else 'stg_' ~ vendor ~ '__' ~ table %}
        select distinct
            '{{ parent }}' as parent_table,
            {{ 'address' if is_addresses else 'row_key' }} as parent_key
        from {{ ref(model) }}
        where {{ 'true' if is_addresses else "disposition in ('current', 'deleted')" }}

        union all

    {% endfor %}
    select
        cast(null as varchar) as parent_table,
        cast(null as varchar) as parent_key
    where false

),

parents_landed as (  -- where the parents did not land at all, nothing can be said of their children

    select distinct parent_table
    from parents

),

orphans as (

    select distinct
        children.source_system,
        children.source_table,
        children.source_row_number
    from children
    inner join parents_landed
        on children.parent_table = parents_landed.parent_table
    left join parents
        on
            children.parent_table = parents.parent_table
            and children.parent_key = parents.parent_key
    where parents.parent_key is null

)

select * from orphans
