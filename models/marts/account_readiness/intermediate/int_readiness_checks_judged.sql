{{ config(materialized='table') }}

-- Grain: unit x criterion x interval of its judgement, from 1900-01-01 to the open end. Entry and exit thresholds
-- differ, and the latest crossing wins. What is met is met however young the unit; only what is still missing may be
-- too early to ask for.
with

timed as (

    select * from {{ ref('int_readiness_checks_timed') }}

),

criteria as (

    select * from {{ ref('stg_rules__readiness_criteria') }}

),

crossings as (

    select
        timed.*,
        criteria.threshold,
        case
            when not timed.is_applicable or timed.actual is null then 0
            when criteria.met_when = 'at_most' and timed.actual <= criteria.threshold then 1
            when criteria.met_when = 'at_most' and timed.actual > criteria.exit_threshold then 0
            when criteria.met_when = 'at_least' and timed.actual >= criteria.threshold then 1
            when criteria.met_when = 'at_least' and timed.actual < criteria.exit_threshold then 0
        end as crossing
    from timed
    left join criteria
        on timed.rule_id = criteria.rule_id

),

numbered as (

    select
        *,
        sum(case when crossing is not null then 1 else 0 end) over (
            partition by unit_id, criterion
            order by moment
            rows between unbounded preceding and current row
        ) as crossing_number
    from crossings

),

held as (

    select
        *,
        coalesce(max(crossing) over (partition by unit_id, criterion, crossing_number), 0) as is_met
    from numbered

),

judged as (

    select
        unit_id,
        criterion,
        rule_id,
        case
            when not is_applicable then 'not_applicable'
            when is_met = 1 then 'met'
            when is_young then 'too_early'
            else 'unmet'
        end as status,
        actual,
        measured_at,
        threshold,
        moment as valid_from,
        lead(moment, 1, {{ open_end() }}) over (partition by unit_id, criterion order by moment) as valid_until
    from held

)

select * from judged
