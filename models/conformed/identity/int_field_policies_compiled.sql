-- The strategies of each field in their order, as one row; fields with the same ones share a list.
with

survivorship_rules as (

    select * from {{ ref('stg_rules__field_survivorship') }}

),

steps as (

    select
        field,
        strategy,
        value,
        row_number() over (partition by field order by sort_order, strategy) as step
    from survivorship_rules

),

policies as (

    select
        field,
        string_agg(strategy || ' ' || coalesce(value, ''), ', ' order by step) as strategy_list,
        {%- for step in range(1, 8) %}
            max(case when step = {{ step }} then strategy end) as strategy_{{ step }},
            max(case when step = {{ step }} then value end) as value_{{ step }}{% if not loop.last %},{% endif %}
        {%- endfor %}
    from steps
    group by field

)

select * from policies
