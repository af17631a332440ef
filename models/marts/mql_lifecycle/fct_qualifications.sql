with

held_back as (

    select * from {{ ref('int_persons_held_back') }}

),

routing_rules as (

    select * from {{ ref('stg_rules__routing') }}

),

reps as (

    select * from {{ ref('int_reps_conformed') }}

),

to_route as (  -- whoever is in an open cycle keeps the action chosen when it opened

    select
        *,
        case when exclusion_reason is not null and last_hand_raise_at is not null then 'hand_raise' else 'none' end
            as route_entry_reason
    from held_back
    where held_back_reason is not null

),

matches as (

    select
        to_route.person_id,
        routing_rules.next_action,
        routing_rules.action_reason,
        routing_rules.priority,
        row_number() over (
            partition by to_route.person_id
            order by routing_rules.sort_order, routing_rules.rule_id
        ) as match_number
    from to_route
    inner join routing_rules  -- every row that fits; the first is kept below
        on
            {{ is_in_force('routing_rules', as_of()) }}
            and (
                routing_rules.exclusion_reason is null
                or (to_route.exclusion_reason is not null and routing_rules.exclusion_reason = '*')
                or routing_rules.exclusion_reason = to_route.exclusion_reason
            )
            and (to_route.exclusion_reason is null or routing_rules.exclusion_reason is not null)
            and (routing_rules.entry_reason is null or routing_rules.entry_reason = to_route.route_entry_reason)
            and (routing_rules.segment is null or routing_rules.segment = to_route.segment)
            and (
                routing_rules.grades is null
                or {{ rule_applies('lower(to_route.grade)', 'cast(null as double)', "'in'", 'routing_rules.grades') }}
            )
            and (
                routing_rules.is_target_account is null
                or routing_rules.is_target_account = coalesce(to_route.is_target_account, false)
            )
            and (
                routing_rules.has_account_owner is null
                or routing_rules.has_account_owner = (to_route.account_owner_id is not null)
            )

),

recommended_owners as (

    select
        held_back.person_id,
        coalesce(account_owners.rep_id, record_owners.rep_id) as recommended_owner_id
    from held_back
    left join reps as account_owners
        on
            held_back.account_owner_id = account_owners.rep_id
            and account_owners.is_active
            and not account_owners.is_automation
    left join reps as record_owners
        on
            held_back.owner_id = record_owners.rep_id
            and record_owners.is_active
            and not record_owners.is_automation
    where held_back.is_qualified or held_back.held_back_reason is not null

)

select
    held_back.person_id,
    held_back.is_qualified,
    case when held_back.is_qualified then held_back.entry_reason end as qualified_reason,
    held_back.held_back_reason,
    coalesce(held_back.next_action, matches.next_action) as next_action,
    coalesce(held_back.action_reason, matches.action_reason) as action_reason,
    coalesce(held_back.priority, matches.priority) as priority,
    recommended_owners.recommended_owner_id
from held_back
left join matches
    on
        held_back.person_id = matches.person_id
        and matches.match_number = 1
left join recommended_owners
    on held_back.person_id = recommended_owners.person_id
