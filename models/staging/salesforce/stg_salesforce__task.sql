{{ config(enabled=is_source_enabled('salesforce', 'task')) }}

with

landed as (

    {{ landed_rows('salesforce', 'task') }}

),

examined as (

    select
        *,
        coalesce(is_closed, lower(status) = 'completed', false) as is_done,
        -- where nobody noted when it was done: the day it was for, but not after the row was last written
        case
            when activity_date > cast(last_modified_date as date) then cast(last_modified_date as date)
            else coalesce(activity_date, cast(last_modified_date as date), cast(created_date as date))
        end as likely_done_on
    from landed

),

typed as (

    select
        {{ row_facts(
            'salesforce',
            'task',
            key=['id'],
            changed_at='coalesce(system_modstamp, last_modified_date)',
            is_deleted='is_deleted',
            notes={
                'completion_time_unknown': 'is_done and completed_date_time is null',
                'due_before_creation': 'activity_date < cast(created_date as date)',
            },
        ) }},
        id as touch_id,
        case when who_id is not null then {{ key_of(["'salesforce'", 'who_id']) }} end as record_key,
        who_id as record_id,
        {{ qualified_id('salesforce', "coalesce(account_id, case when what_id like '001%' then what_id end)") }}
            as account_id,
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
            when not is_done then created_date
            else coalesce(completed_date_time, cast(likely_done_on as timestamp))
        end as occurred_at,
        case
            when not is_done then created_date_precision
            when completed_date_time is not null then completed_date_time_precision
            when likely_done_on is not null then 'day'
        end as occurred_at_precision,
        -- an open task has no completion, even where a reopened one still bears the time of an earlier one
        case when is_done then completed_date_time end as completed_at,
        case when is_done then completed_date_time_precision end as completed_at_precision,
        call_disposition as outcome,
        coalesce(lower(task_subtype) in ('list_email', 'listemail'), false) as is_automated,
        is_done as is_completed
    from examined

)

{{ judged_rows('typed', 'salesforce', 'task', canonical_columns('touches')) }}
