-- Grain: segment x criterion x interval. The one rule row that asks the criterion of accounts of the segment: the
-- segment's own before one for any; an interval without a row asks nothing. The intervals cover all time.
with

segments as (

    select segment
    from {{ ref('stg_rules__segments') }}

    union

    select cast('unknown' as {{ dbt.type_string() }}) as segment

),

criteria as (

    select * from {{ ref('stg_rules__readiness_criteria') }}

),

candidates as (

    select
        segments.segment,
        criteria.criterion,
        criteria.rule_id,
        criteria.effective_from,
        criteria.effective_until,
        case when criteria.segment is null then 1 else 0 end as row_width
    from segments
    inner join criteria  -- the segment's rows and those for any
        on criteria.segment is null or segments.segment = criteria.segment

),

boundaries as (

    select
        segments.segment,
        criteria.criterion,
        cast('1900-01-01 00:00:00' as timestamp) as boundary_at
    from segments
    cross join criteria  -- also where no row ever asks the segment

    union

    select
        segment,
        criterion,
        effective_from as boundary_at
    from candidates

    union

    select
        segment,
        criterion,
        effective_until as boundary_at
    from candidates

),

intervals as (

    select
        segment,
        criterion,
        boundary_at as valid_from,
        lead(boundary_at, 1, {{ open_end() }}) over (
            partition by segment, criterion
            order by boundary_at
        ) as valid_until
    from boundaries
    where boundary_at < {{ open_end() }}

),

rules_ranked as (

    select
        intervals.segment,
        intervals.criterion,
        intervals.valid_from,
        intervals.valid_until,
        candidates.rule_id,
        row_number() over (
            partition by intervals.segment, intervals.criterion, intervals.valid_from
            order by candidates.row_width, candidates.rule_id
        ) as rule_rank
    from intervals
    left join candidates  -- the rows in force in the interval; the first counts
        on
            intervals.segment = candidates.segment
            and intervals.criterion = candidates.criterion
            and intervals.valid_from >= candidates.effective_from
            and intervals.valid_from < candidates.effective_until

),

rules_in_force as (

    select
        segment,
        criterion,
        valid_from,
        valid_until,
        rule_id
    from rules_ranked
    where rule_rank = 1

)

select * from rules_in_force
