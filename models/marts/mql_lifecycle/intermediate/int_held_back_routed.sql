-- Grain: person held back. What to do about them: the first routing rule that fits.
with

held_back as (

    select * from {{ ref('int_persons_held_back') }}

),

routing_rules as (

    select * from {{ ref('stg_rules__routing') }}

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
                or to_route.exclusion_reason = routing_rules.exclusion_reason
            )
            and (to_route.exclusion_reason is null or routing_rules.exclusion_reason is not null)
            and (routing_rules.entry_reason is null or to_route.route_entry_reason = routing_rules.entry_reason)
            and {{ routing_fits(
                'routing_rules', 'to_route.segment', 'to_route.grade', 'to_route.is_target_account',
                'to_route.account_owner_id', 'to_route.is_email_opt_out'
            ) }}

)

select
    person_id,
    next_action,
    action_reason,
    priority
from matches
where match_number = 1
