{{ config(enabled=is_source_enabled('salesforce', 'event')) }}

with

landed as (

    {{ landed_rows('salesforce', 'event') }}

),

typed as (

    select
        {{ row_facts(
            'salesforce',
            'event',
            key=['id'],
            changed_at='coalesce(system_modstamp, last_modified_date)',
            is_deleted='is_deleted',
            notes={'ends_before_start': 'end_date_time < start_date_time'},
        ) }},
        id as touch_id,
        case when who_id is not null then {{ key_of(["'salesforce'", 'who_id']) }} end as record_key,
        who_id as record_id,
        {{ qualified_id('salesforce', "coalesce(account_id, case when what_id like '001%' then what_id end)") }}
            as account_id,
        {{ qualified_id('salesforce', 'owner_id') }} as rep_id,
        case when {{ snake_case('type') }} = 'call' then 'call' else 'meeting' end as touch_type,
        coalesce(start_date_time, activity_date_time, cast(activity_date as timestamp)) as occurred_at,
        case
            when is_all_day_event then 'day'
            else coalesce(start_date_time_precision, activity_date_time_precision, activity_date_precision)
        end as occurred_at_precision,
        end_date_time as completed_at,
        case when is_all_day_event and end_date_time is not null then 'day' else end_date_time_precision end
            as completed_at_precision,
        case when no_show then 'no_show' end as outcome,
        false as is_automated,
        -- a calendar says when a meeting was to be, not that it was held: left to who knows the time of the run
        case when no_show then false end as is_completed
    from landed

)

{{ judged_rows('typed', 'salesforce', 'event', canonical_columns('touches')) }}
