-- Grain: person x moment at which their fit may change: since ever, and when a rule about them begins or ends to hold.
with

persons as (

    select * from {{ ref('int_persons_enriched') }}

),

fit_points as (

    select * from {{ ref('int_fit_points_dated') }}

),

exclusions as (

    select * from {{ ref('int_exclusion_rules_met') }}

),

moments as (

    select
        person_id,
        {{ since_ever() }} as moment
    from persons
    union
    select
        person_id,
        valid_from as moment
    from fit_points
    union
    select
        person_id,
        valid_until as moment
    from fit_points
    union
    select
        person_id,
        excluded_from as moment
    from exclusions
    union
    select
        person_id,
        excluded_until as moment
    from exclusions

)

select
    person_id,
    moment
from moments
where moment >= {{ since_ever() }} and moment < {{ open_end() }}
