-- Grain: return of a person: their first counted activity of their own after the days of none that a rule asks for.
with

own_activities as (

    select * from {{ ref('int_signals_screened') }}
    where
        is_own_activity
        and dropped_reason is null

),

signal_rules as (

    select * from {{ ref('stg_rules__signals') }}
    where signal_kind = 'return'

),

activities_before as (

    select
        *,
        lag(occurred_at) over (partition by person_id order by occurred_at, signal_id) as came_before_at
    from own_activities

),

absences as (

    select
        *,
        {{ days_between('cast(came_before_at as date)', 'cast(occurred_at as date)') }} as absence_days
    from activities_before
    where came_before_at is not null

),

rules_numbered as (

    select
        absences.*,
        signal_rules.signal_rule_id as return_rule_id,
        signal_rules.signal_name as return_name,
        signal_rules.content_topic as return_topic,
        row_number() over (
            partition by absences.signal_id
            order by signal_rules.sort_order, signal_rules.signal_rule_id
        ) as rule_number
    from absences
    inner join signal_rules  -- each rule in force whose absence it was; the first is kept below
        on
            absences.absence_days >= cast(signal_rules.value as integer)
            and {{ is_in_force('signal_rules', 'absences.occurred_at') }}

)

select
    {{ key_of(["'return'", 'signal_id']) }} as signal_id,
    'return' as signal_kind,
    return_rule_id as signal_rule_id,
    person_id,
    return_name as signal_name,
    occurred_at,
    occurred_at_precision,
    source_system,
    source_activity_id,
    activity_type,
    channel,
    campaign_id,
    cast(null as {{ dbt.type_string() }}) as asset_id,
    return_topic as content_topic,
    referrer_kind,
    false as is_hand_raise,
    cast(null as {{ dbt.type_string() }}) as dropped_reason
from rules_numbered
where rule_number = 1
