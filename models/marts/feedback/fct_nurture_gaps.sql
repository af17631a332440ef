with

qualifications as (

    select * from {{ ref('fct_qualifications') }}
    where
        not is_qualified
        and (
            held_back_reason is null
            or (held_back_reason not like 'excluded%' and held_back_reason <> 'disqualified_by_sales')
        )

),

people as (

    select * from {{ ref('int_persons_enriched') }}

),

excluded as (

    select distinct person_id
    from {{ ref('fct_person_exclusions') }}
    where excluded_from <= {{ as_of() }}

),

nurture as (

    select * from {{ ref('int_nurture_touches_found') }}

),

last_cycles as (

    select * from {{ ref('int_last_cycles_found') }}
    where outcome = 'recycled'

),

last_signals as (

    select
        person_id,
        max(occurred_at) as last_engaged_at
    from {{ ref('fct_signals') }}
    where is_counted
    group by person_id

),

limits as (

    select * from {{ ref('int_report_limits_pivoted') }}

),

standings as (

    select
        qualifications.person_id,
        qualifications.held_back_reason,
        qualifications.next_action,
        last_signals.last_engaged_at,
        nurture.last_nurtured_at,
        last_cycles.closed_at as recycled_at,
        last_cycles.quiet_until as wake_at,
        coalesce(people.is_email_opt_out, false) as is_email_opt_out,
        case
            when
                last_cycles.quiet_until <= {{ as_of() }}
                and coalesce(nurture.last_nurtured_at < last_cycles.quiet_until, true)
                then 'recycled_not_woken'
            when
                qualifications.held_back_reason is not null
                and coalesce(
                    nurture.last_nurtured_at <= {{ add_days(as_of(), '-limits.nurture_gap_days') }}, true
                )
                then 'engaged_not_nurtured'
        end as gap
    from qualifications
    inner join people
        on qualifications.person_id = people.person_id
    cross join limits  -- one row
    left join nurture
        on qualifications.person_id = nurture.person_id
    left join last_cycles
        on qualifications.person_id = last_cycles.person_id
    left join last_signals
        on qualifications.person_id = last_signals.person_id
    left join excluded
        on qualifications.person_id = excluded.person_id
    where excluded.person_id is null

)

select
    person_id,
    gap,
    held_back_reason,
    next_action,
    last_engaged_at,
    last_nurtured_at,
    recycled_at,
    wake_at,
    is_email_opt_out
from standings
where gap is not null
