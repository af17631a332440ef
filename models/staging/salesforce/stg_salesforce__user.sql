{{ config(enabled=is_source_enabled('salesforce', 'user')) }}
{%- set robot_name = "'(^|[^a-z])(integration|automation|automated process)([^a-z]|$)'" %}

with

landed as (

    {{ landed_rows('salesforce', 'user') }}

),

typed as (

    select
        {{ row_facts(
            'salesforce',
            'user',
            key=['id'],
            changed_at='coalesce(system_modstamp, last_modified_date)',
        ) }},
        {{ qualified_id('salesforce', 'id') }} as rep_id,
        name as rep_name,
        lower(email) as email,
        department as team,
        title as role,
        {{ qualified_id('salesforce', 'manager_id') }} as manager_id,
        cast(null as varchar) as calendar_id,
        coalesce(is_active, true) as is_active,
        (
            coalesce(lower(user_type) in ('automatedprocess', 'cloudintegrationuser'), false)
            or coalesce({{ matches_pattern('lower(name)', robot_name) }}, false)
            -- the part before the @ only: people may work for integration.example
            or coalesce({{ matches_pattern("lower(split_part(username, '@', 1))", robot_name) }}, false)
        ) as is_automation
    from landed

)

{{ judged_rows('typed', 'salesforce', 'user', canonical_columns('reps')) }}
