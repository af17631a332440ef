-- Grain: activity's signal x rule_signals row in force that fits it. Rules about absences look at people's histories
-- and stand in int_returns_found.
with

signals as (

    select * from {{ ref('int_signals_described') }}

),

signal_rules as (

    select
        *,
        coalesce(value, '') as value_asked,
        coalesce(also_value, '') as also_value_asked
    from {{ ref('stg_rules__signals') }}
    where signal_kind <> 'return'

),

conditions_met as (

    select * from {{ ref('int_signal_conditions_met') }}

),

activity_names as (

    select distinct activity_name
    from signals

),

rules_of_activities as (

    select
        activity_names.activity_name,
        signal_rules.*
    from activity_names
    inner join signal_rules  -- every rule that may name such an activity
        on signal_rules.activity_type is null or activity_names.activity_name = signal_rules.activity_type

),

fields_asked as (

    select
        activity_name,
        match_field
    from rules_of_activities
    where match_field is not null
    union
    select
        activity_name,
        also_match_field as match_field
    from rules_of_activities
    where also_match_field is not null

),

signal_texts as (

    select
        signals.signal_id,
        signals.activity_name,
        signals.occurred_at,
        fields_asked.match_field,
        {{ text_key(signal_field('signals', 'fields_asked.match_field')) }} as text_key
    from signals
    inner join fields_asked  -- every signal shows every field that some rule for such an activity asks about
        on signals.activity_name = fields_asked.activity_name

),

signal_conditions as (

    select
        signal_texts.signal_id,
        signal_texts.activity_name,
        signal_texts.occurred_at,
        conditions_met.match_field,
        conditions_met.operator,
        conditions_met.value
    from signal_texts
    inner join conditions_met
        on
            signal_texts.match_field = conditions_met.match_field
            and signal_texts.text_key = conditions_met.text_key

),

met as (

    select
        signals.signal_id,
        rules_of_activities.signal_rule_id
    from signals
    inner join rules_of_activities
        on signals.activity_name = rules_of_activities.activity_name
    where
        rules_of_activities.match_field is null
        and {{ is_in_force('rules_of_activities', 'signals.occurred_at') }}
    union all
    select
        signal_conditions.signal_id,
        rules_of_activities.signal_rule_id
    from signal_conditions
    inner join rules_of_activities
        on
            signal_conditions.activity_name = rules_of_activities.activity_name
            and signal_conditions.match_field = rules_of_activities.match_field
            and signal_conditions.operator = rules_of_activities.operator
            and signal_conditions.value = rules_of_activities.value_asked
    left join signal_conditions as also_conditions
        on
            signal_conditions.signal_id = also_conditions.signal_id
            and rules_of_activities.also_match_field = also_conditions.match_field
            and rules_of_activities.also_operator = also_conditions.operator
            and rules_of_activities.also_value_asked = also_conditions.value
    where
        (rules_of_activities.also_match_field is null or also_conditions.signal_id is not null)
        and {{ is_in_force('rules_of_activities', 'signal_conditions.occurred_at') }}

)

select * from met
