-- Grain: stratum x week that is over x candidate, in the order in which they are drawn: by a hash of the rule's seed,
-- the week and the candidate, so that the same week draws the same whoever asks and whenever.
with

candidates as (

    select
        *,
        cast({{ dbt.date_trunc('week', 'happened_at') }} as date) as week_start
    from {{ ref('int_review_candidates_collected') }}

),

strata as (

    select * from {{ ref('stg_rules__review_strata') }}

),

hashed as (

    select
        candidates.stratum,
        candidates.subject_id,
        candidates.handoff_id,
        candidates.mql_id,
        candidates.person_id,
        candidates.happened_at,
        candidates.week_start,
        strata.sort_order as stratum_order,
        strata.sample_size,
        strata.question,
        {{ key_of([
            'strata.sampling_seed', 'candidates.week_start', 'candidates.stratum', 'candidates.subject_id'
        ]) }} as draw
    from candidates
    inner join strata
        on candidates.stratum = strata.stratum
    where
        cast(candidates.week_start as timestamp) + interval '7 days' <= {{ as_of() }}
        and (strata.grades is null or {{ is_listed('candidates.grade', 'strata.grades') }})

)

select
    stratum,
    subject_id,
    handoff_id,
    mql_id,
    person_id,
    happened_at,
    week_start,
    stratum_order,
    sample_size,
    question,
    row_number() over (partition by week_start, stratum order by draw, subject_id) as draw_rank,
    count(*) over (partition by week_start, stratum) as candidates
from hashed
