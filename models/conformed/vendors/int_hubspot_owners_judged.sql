{{ config(enabled=is_source_enabled('hubspot'), materialized='table') }}

-- Grain: landed row of HubSpot's owner, as a rep. The same human as the Salesforce user with the same address, where
-- there is one: they are known by that user's id. The team is the owner's primary one, by the owner or by the user
-- behind. A queue is no human.
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

roles as (

    select * from {{ ref('stg_hubspot__role') }}
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

),

primary_teams as (

    select * from memberships_ranked
    where team_rank = 1

),

salesforce_users as (

    {% if is_source_enabled('salesforce') %}
        select
            email,
            coalesce(min(case when is_active then rep_id end), min(rep_id)) as rep_id
        from {{ ref('stg_salesforce__user') }}
        where
            disposition = 'current'
            and email is not null
        group by email
    {% else %}
        select
            cast(null as varchar) as email,
            cast(null as varchar) as rep_id
        where false
    {% endif %}

),

judged as (

    select
        owners.source_system,
        owners.source_table,
        owners.source_row_number,
        owners.row_key,
        case
            when owners.disposition = 'current' and salesforce_users.rep_id is not null then 'merged'
            else owners.disposition
        end as disposition,
        concat_ws(
            ',',
            nullif(owners.reason_codes, ''),
            case
                when owners.disposition = 'current' and salesforce_users.rep_id is not null then 'same_as_salesforce'
            end
        ) as reason_codes,
        owners.owner_id,
        owners.owner_user_id,
        coalesce(salesforce_users.rep_id, {{ qualified_id('hubspot', 'owners.owner_id') }}) as rep_id,
        nullif(concat_ws(' ', owners.first_name, owners.last_name), '') as rep_name,
        lower(owners.email) as email,
        primary_teams.team,
        roles.name as role,
        cast(null as varchar) as manager_id,
        cast(null as varchar) as calendar_id,
        coalesce(owners.is_active, not owners.archived, true) as is_active,
        coalesce(upper(owners.type) = 'QUEUE', false) as is_automation
    from owners
    left join primary_teams
        on owners.owner_id = primary_teams.owner_id
    left join users
        on owners.owner_user_id = users.id
    left join roles
        on users.role_id = roles.id
    left join salesforce_users
        on lower(owners.email) = salesforce_users.email

)

select * from judged
