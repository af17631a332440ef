{{ config(enabled=is_source_enabled('salesforce')) }}

with

landed as (

    {{ landed_rows('salesforce', 'task') }}

),

typed as (

    select
        {{ row_facts(
            key=['id'],
            timestamps=['activity_date', 'completed_date_time', 'created_date', 'last_modified_date', 'system_modstamp'],
            booleans=['is_closed', 'is_deleted'],
            changed_at=parse_timestamp('coalesce(system_modstamp, last_modified_date)'),
            is_deleted=parse_boolean('is_deleted'),
            contents=declared_names('salesforce', 'task'),
        ) }},
        id as touch_id,
        case when who_id is not null then {{ key_of(["'salesforce'", 'who_id']) }} end as record_key,
        who_id as record_id,
        {{ qualified_id('salesforce', 'account_id') }} as account_id,
        {{ qualified_id('salesforce', 'owner_id') }} as rep_id,
        case
            when lower(task_subtype) in ('email', 'list_email', 'listemail') then 'email'
            when lower(task_subtype) = 'call' or call_type is not null then 'call'
            when {{ snake_case('type') }} like '%email%' or {{ snake_case('type') }} like '%e_mail%' then 'email'
            when {{ snake_case('type') }} like '%call%' then 'call'
            when {{ snake_case('type') }} like '%meeting%' then 'meeting'
            else 'task'
        end as touch_type,
        case
            when completed_date_time is not null then {{ parse_timestamp('completed_date_time') }}
            when coalesce({{ parse_boolean('is_closed') }}, lower(status) = 'completed', false) then {{ parse_timestamp('activity_date') }}
            else {{ parse_timestamp('created_date') }}
        end as occurred_at,
        case
            when completed_date_time is not null then {{ precision_of('completed_date_time') }}
            -- a due date is no completion: the day is the nearest that is known, and never counts to the second
            when coalesce({{ parse_boolean('is_closed') }}, lower(status) = 'completed', false) then 'day'
            else {{ precision_of('created_date') }}
        end as occurred_at_precision,
        {{ parse_timestamp('completed_date_time') }} as completed_at,
        {{ precision_of('completed_date_time') }} as completed_at_precision,
        call_disposition as outcome,
        coalesce(lower(task_subtype) in ('list_email', 'listemail'), false) as is_automated,
        coalesce({{ parse_boolean('is_closed') }}, lower(status) = 'completed', false) as is_completed
    from landed

)

{{ judged_rows('typed', 'salesforce', 'task', canonical_columns('touches') | map(attribute='name') | list) }}
