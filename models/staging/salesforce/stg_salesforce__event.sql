{{ config(enabled=is_source_enabled('salesforce')) }}

with

landed as (

    {{ landed_rows('salesforce', 'event') }}

),

typed as (

    select
        {{ row_facts(
            key=['id'],
            timestamps=['start_date_time', 'activity_date_time', 'activity_date', 'end_date_time', 'created_date', 'last_modified_date', 'system_modstamp'],
            booleans=['is_child', 'no_show', 'is_deleted'],
            changed_at=parse_timestamp('coalesce(system_modstamp, last_modified_date)'),
            is_deleted=parse_boolean('is_deleted'),
            contents=declared_names('salesforce', 'event'),
        ) }},
        id as touch_id,
        case when who_id is not null then {{ key_of(["'salesforce'", 'who_id']) }} end as record_key,
        who_id as record_id,
        {{ qualified_id('salesforce', 'account_id') }} as account_id,
        {{ qualified_id('salesforce', 'owner_id') }} as rep_id,
        case when {{ snake_case('type') }} = 'call' then 'call' else 'meeting' end as touch_type,
        {{ parse_timestamp('coalesce(start_date_time, activity_date_time, activity_date)') }} as occurred_at,
        {{ precision_of('coalesce(start_date_time, activity_date_time, activity_date)') }} as occurred_at_precision,
        {{ parse_timestamp('end_date_time') }} as completed_at,
        {{ precision_of('end_date_time') }} as completed_at_precision,
        case when {{ parse_boolean('no_show') }} then 'no_show' end as outcome,
        false as is_automated,
        case when {{ parse_boolean('no_show') }} then false end as is_completed
    from landed

)

{{ judged_rows('typed', 'salesforce', 'event', canonical_columns('touches') | map(attribute='name') | list) }}
