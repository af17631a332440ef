{{ config(materialized='table') }}

-- Grain: person, as of the run. What decides whether they are held back: score, unit, account, cycles, exclusions.
with

lead_scores as (

    select * from {{ ref('fct_lead_scores') }}
    where model_status = 'active'

),

persons as (

    select * from {{ ref('int_persons_enriched') }}

),

open_cycles as (

    select * from {{ ref('fct_mql_cycles') }}
    where closed_at is null

),

last_closed_cycles as (

    select * from {{ ref('fct_mql_cycles') }}
    where is_latest and closed_at is not null

),

crm_statuses_numbered as (

    select
        person_id,
        status,
        row_number() over (partition by person_id order by change_number desc) as status_number
    from {{ ref('int_crm_statuses_ordered') }}

),

last_crm_statuses as (

    select * from crm_statuses_numbered
    where status_number = 1

),

exclusions_numbered as (

    select
        person_id,
        exclusion_reason,
        rule_id,
        row_number() over (partition by person_id order by sort_order, rule_id) as exclusion_number
    from {{ ref('fct_person_exclusions') }}

),

first_exclusions as (

    select * from exclusions_numbered
    where exclusion_number = 1

),

hand_raises as (

    select
        person_id,
        max(occurred_at) as last_hand_raise_at
    from {{ ref('fct_signals') }}
    where is_counted and is_hand_raise
    group by person_id

),

unit_rules as (

    select * from {{ ref('int_unit_rules_now') }}

),

bands_that_qualify as (

    select distinct
        scoring_model,
        substr(grade, 1, 1) as fit_band
    from {{ ref('stg_rules__qualification_matrix') }}

),

assembled as (

    select
        persons.person_id,
        persons.segment,
        persons.is_target_account,
        persons.account_owner_id,
        persons.owner_id,
        persons.is_email_opt_out,
        lead_scores.grade,
        lead_scores.engagement_score,
        lead_scores.meets_threshold,
        bands_that_qualify.fit_band is not null as has_fit_to_qualify,
        coalesce(unit_rules.unit, 'person') as unit,
        unit_rules.readiness_stage as account_stage,
        unit_rules.missing as account_missing,
        coalesce({{ takes_part('unit_rules', 'lead_scores.fit_band', 'lead_scores.engagement_band') }}, false)
            as takes_part,
        coalesce(lead_scores.fit_band <= coalesce(unit_rules.min_fit_band, lead_scores.fit_band), false)
            as has_fit_to_take_part,
        open_cycles.mql_id,
        open_cycles.entry_reason,
        open_cycles.next_action,
        open_cycles.action_reason,
        open_cycles.priority,
        last_closed_cycles.outcome as last_outcome,
        last_closed_cycles.closed_at as last_closed_at,
        last_crm_statuses.status as crm_status,
        first_exclusions.exclusion_reason,
        hand_raises.last_hand_raise_at,
        coalesce(lead_scores.engagement_score, 0) > 0 or hand_raises.last_hand_raise_at is not null as is_engaged
    from persons
    left join lead_scores
        on persons.person_id = lead_scores.person_id
    left join bands_that_qualify
        on
            lead_scores.scoring_model = bands_that_qualify.scoring_model
            and lead_scores.fit_band = bands_that_qualify.fit_band
    left join unit_rules
        on persons.person_id = unit_rules.person_id
    left join open_cycles
        on persons.person_id = open_cycles.person_id
    left join last_closed_cycles
        on persons.person_id = last_closed_cycles.person_id
    left join last_crm_statuses
        on persons.person_id = last_crm_statuses.person_id
    left join first_exclusions
        on persons.person_id = first_exclusions.person_id
    left join hand_raises
        on persons.person_id = hand_raises.person_id

)

select * from assembled
