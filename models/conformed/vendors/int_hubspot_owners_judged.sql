{{ config(enabled=is_source_enabled('hubspot'), materialized='table') }}

-- Grain: landed row of HubSpot's owner, as a rep. The same human as the Salesforce user with the same address, where
-- there is one: they are known by that user's id. A queue is no human.
with

owners as (

    select
        *,
        coalesce(active_user_id, user_id) as owner_user_id
    from {{ ref('stg_hubspot__owner') }}

),

users as (

    select * from {{ ref('stg_hubspot__users') }}
    where disposition = 'current'

),

roles as (

    select * from {{ ref('stg_hubspot__role') }}
    where disposition = 'current'

),

primary_teams as (

    select * from {{ ref('int_hubspot_owner_teams_chosen') }}

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
