{{ config(materialized='table') }}

with

signals as (

    select
        signal_id,
        activity_name
    from {{ ref('int_signals_described') }}

),

rules_met as (

    select * from {{ ref('int_signal_rules_met') }}

),

signal_rules as (

    select * from {{ ref('stg_rules__signals') }}

),

rules_numbered as (

    select
        rules_met.signal_id as activity_signal_id,
        signal_rules.signal_kind,
        signal_rules.signal_rule_id,
        signal_rules.signal_name,
        signal_rules.is_hand_raise,
        signal_rules.is_own_activity,
        signal_rules.content_topic,
        row_number() over (
            partition by rules_met.signal_id, signal_rules.signal_kind
            order by signal_rules.sort_order, signal_rules.signal_rule_id
        ) as rule_number
    from rules_met
    inner join signal_rules
        on rules_met.signal_rule_id = signal_rules.signal_rule_id

),

first_rules as (

    select * from rules_numbered
    where rule_number = 1

),

actions_named as (

    select
        signals.signal_id,
        signals.signal_id as activity_signal_id,
        'action' as signal_kind,
        first_rules.signal_rule_id,
        first_rules.content_topic,
        coalesce(first_rules.signal_name, signals.activity_name) as signal_name,
        coalesce(first_rules.is_hand_raise, false) as is_hand_raise,
        coalesce(first_rules.is_own_activity, false) as is_own_activity
    from signals
    left join first_rules
        on
            signals.signal_id = first_rules.activity_signal_id
            and first_rules.signal_kind = 'action'

),

arrivals_named as (  -- a second signal of the same activity: where the person came from

    select
        {{ key_of(["'arrival'", 'activity_signal_id']) }} as signal_id,
        activity_signal_id,
        signal_kind,
        signal_rule_id,
        content_topic,
        signal_name,
        is_hand_raise,
        is_own_activity
    from first_rules
    where signal_kind = 'arrival'

)

select
    signal_id,
    activity_signal_id,
    signal_kind,
    signal_rule_id,
    signal_name,
    is_hand_raise,
    is_own_activity,
    content_topic
from actions_named
union all
select
    signal_id,
    activity_signal_id,
    signal_kind,
    signal_rule_id,
    signal_name,
    is_hand_raise,
    is_own_activity,
    content_topic
from arrivals_named
