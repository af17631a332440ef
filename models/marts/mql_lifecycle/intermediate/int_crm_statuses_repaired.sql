{{ config(materialized='table') }}

-- Grain: change of a person's CRM status x who they were then: the person, or the earlier persons that conversions and
-- merges have joined since. What happens after a join happens to all whom it joined. Whoever is joined into another
-- finds what stands there: if sales had taken that one up, they are taken up with the join.
with

statuses as (

    select * from {{ ref('int_crm_statuses_ordered') }}

),

earlier_persons as (

    select * from {{ ref('int_records_by_earlier_person') }}

),

as_known as (

    select
        statuses.*,
        coalesce(earlier_persons.earlier_person_id, statuses.person_id) as known_person_id
    from statuses
    left join earlier_persons
        on
            statuses.record_key = earlier_persons.record_key
            and statuses.changed_at >= earlier_persons.known_from

),

joins as (

    select
        joined.earlier_person_id,
        joined.join_number,
        joined.joined_at,
        joined.joined_at_precision,
        leaders.earlier_person_id as leading_person_id
    from {{ ref('int_earlier_persons_joined') }} as joined
    inner join {{ ref('int_earlier_persons_joined') }} as leaders
        on
            joined.person_id = leaders.person_id
            and joined.join_number = leaders.join_number
            and joined.leader_number = leaders.earlier_number
            and joined.leader_number < joined.previous_leader_number

),

standing_numbered as (

    select
        as_known.*,
        joins.earlier_person_id,
        joins.joined_at,
        joins.joined_at_precision,
        row_number() over (
            partition by joins.earlier_person_id, joins.join_number order by as_known.change_number desc
        ) as back_number
    from joins
    inner join as_known  -- all that was said of the leader before; the last of it is kept below
        on
            joins.leading_person_id = as_known.known_person_id
            and as_known.changed_at < joins.joined_at

),

told as (

    select
        change_key,
        known_person_id as person_id,
        person_id as joined_person_id,
        crm_status,
        changed_at,
        changed_at as seen_from,
        changed_at_precision,
        status,
        status_order,
        is_outcome,
        is_accepted,
        reason,
        changed_by,
        change_number
    from as_known
    union all
    select
        {{ key_of(['change_key', 'earlier_person_id', 'joined_at']) }} as change_key,
        earlier_person_id as person_id,
        person_id as joined_person_id,
        crm_status,
        joined_at as changed_at,
        -- only by what was open before: whoever qualifies in that second begins anew
        {{ add_seconds('joined_at', '-1') }} as seen_from,
        joined_at_precision as changed_at_precision,
        status,
        status_order,
        is_outcome,
        is_accepted,
        reason,
        changed_by,
        change_number
    from standing_numbered
    where back_number = 1 and is_accepted and not is_outcome

)

select * from told
