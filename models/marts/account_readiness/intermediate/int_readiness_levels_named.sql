-- Grain: unit. What its fit, engagement and momentum are called.
with

checks_counted as (

    select * from {{ ref('int_readiness_checks_counted') }}

),

levels as (

    select * from {{ ref('stg_rules__readiness_levels') }}

),

measured as (

    select
        unit_id,
        'fit' as level_kind,
        account_fit as measured_value
    from checks_counted

    union all

    select
        unit_id,
        'engagement' as level_kind,
        account_engagement as measured_value
    from checks_counted

    union all

    select
        unit_id,
        'momentum' as level_kind,
        surge as measured_value
    from checks_counted

),

levels_ranked as (

    select
        measured.unit_id,
        measured.level_kind,
        levels.level,
        row_number() over (partition by measured.unit_id, measured.level_kind order by levels.level_order desc)
            as level_rank
    from measured
    inner join levels  -- every level that the value reaches; the highest is its name
        on
            measured.level_kind = levels.level_kind
            and measured.measured_value >= levels.min_value

),

levels_named as (

    select
        unit_id,
        max(case when level_kind = 'fit' then level end) as fit_level,
        max(case when level_kind = 'engagement' then level end) as engagement_level,
        max(case when level_kind = 'momentum' then level end) as momentum
    from levels_ranked
    where level_rank = 1
    group by unit_id

)

select * from levels_named
