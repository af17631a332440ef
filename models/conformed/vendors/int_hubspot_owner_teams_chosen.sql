{{ config(enabled=is_source_enabled('hubspot')) }}

-- Grain: owner with a team. The primary one: by the owner, else by the user behind, else any other of the two.
with

owners as (

    select
        *,
        coalesce(active_user_id, user_id) as owner_user_id
    from {{ ref('stg_hubspot__owner') }}

),

teams as (

    select * from {{ ref('stg_hubspot__team') }}
    where disposition = 'current'

),

users as (

    select * from {{ ref('stg_hubspot__users') }}
    where disposition = 'current'

),

memberships as (

    select
        owner_id,
        team_id,
        case when is_team_primary then 1 else 3 end as preference
    from {{ ref('stg_hubspot__owner_team') }}
    where disposition = 'current'

    union all

    select
        owners.owner_id,
        users.primary_team_id as team_id,
        2 as preference
    from owners
    inner join users
        on owners.owner_user_id = users.id
    where users.primary_team_id is not null

    union all

    select
        owners.owner_id,
        team_users.team_id,
        case when team_users.is_secondary_user then 5 else 4 end as preference
    from owners
    inner join {{ ref('stg_hubspot__team_user') }} as team_users
        on owners.owner_user_id = team_users.user_id
    where team_users.disposition = 'current'

),

memberships_ranked as (

    select
        memberships.owner_id,
        teams.name as team,
        row_number() over (
            partition by memberships.owner_id order by memberships.preference, teams.name, memberships.team_id
        ) as team_rank
    from memberships
    inner join teams
        on memberships.team_id = teams.id

)

select
    owner_id,
    team
from memberships_ranked
where team_rank = 1
