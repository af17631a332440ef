{{ config(enabled=is_source_enabled('salesforce')) }}

with

landed as (

    {{ landed_rows('salesforce', 'user') }}

),

typed as (

    select
        {{ row_facts(
            key=['id'],
            timestamps=['last_modified_date', 'system_modstamp'],
            booleans=['is_active'],
            changed_at=parse_timestamp('coalesce(system_modstamp, last_modified_date)'),
            contents=declared_names('salesforce', 'user'),
        ) }},
        {{ qualified_id('salesforce', 'id') }} as rep_id,
        name as rep_name,
        lower(email) as email,
        department as team,
        title as role,
        {{ qualified_id('salesforce', 'manager_id') }} as manager_id,
        cast(null as varchar) as calendar_id,
        coalesce({{ parse_boolean('is_active') }}, true) as is_active,
        coalesce(lower(user_type) in ('automatedprocess', 'cloudintegrationuser'), false)
        or coalesce({{ matches_pattern("lower(concat_ws(' ', name, username))", "'(^|[^a-z])(integration|automation|automated process)([^a-z]|$)'") }}, false) as is_automation
    from landed

)

{{ judged_rows('typed', 'salesforce', 'user', canonical_columns('reps') | map(attribute='name') | list) }}
