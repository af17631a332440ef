-- Grain: MQL that waits. Whom the rules recommend beside the CRM's own owner, and why, in words.
with

settled as (

    select * from {{ ref('int_owners_settled') }}

),

turns as (

    select * from {{ ref('int_pool_turns_given') }}

),

reps as (

    select * from {{ ref('int_reps_available') }}

),

decided as (

    select
        settled.*,
        turns.rep_id as turn_owner_id,
        reps.rep_id as record_owner_id,
        reps.absent_until as record_owner_absent_until,
        case
            when settled.settled_by is not null then settled.settled_by
            when turns.rep_id is not null then 'turn'
            when reps.rep_id is not null and reps.absent_until is null then 'record_owner'
            else 'nobody'
        end as recommended_by
    from settled
    left join turns
        on settled.mql_id = turns.mql_id
    left join reps
        on settled.owner_id = reps.rep_id

)

select
    mql_id,
    person_id,
    recommended_by,
    case recommended_by
        when 'turn' then turn_owner_id
        when 'record_owner' then record_owner_id
        else settled_owner_id
    end as recommended_owner_id,
    coalesce(
        'The account''s owner is out of office until '
        || cast(cast(account_owner_absent_until as date) as {{ dbt.type_string() }}) || '. ',
        ''
    )
    || case recommended_by
        when 'account_owner' then 'Owns the account'
        when 'territory' then 'Has the territory ' || territory_id
        when 'kept' then 'Has them already, and is of the pool ' || pool_id
        when 'turn' then 'Next in the pool ' || pool_id || ' (' || territory_id || ')'
        when 'record_owner'
            then 'Has them already' || coalesce('; nobody of the pool ' || pool_id || ' has room', '')
        else coalesce('Nobody of the pool ' || pool_id || ' is there and has room', 'No territory says whose they are')
    end as recommended_owner_reason
from decided
