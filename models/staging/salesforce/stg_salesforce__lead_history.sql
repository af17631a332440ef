{{ config(enabled=is_source_enabled('salesforce', 'lead_history')) }}

with

landed as (

    {{ landed_rows('salesforce', 'lead_history') }}

),

typed as (

    select
        {{ row_facts(
            'salesforce',
            'lead_history',
            key=['id'],
            required=['lead_id', 'field', 'created_date'],
            is_deleted='is_deleted',
        ) }},
        case when lead_id is not null then {{ key_of(["'salesforce'", 'lead_id']) }} end as record_key,
        field,
        created_date as changed_at,
        created_date_precision as changed_at_precision,
        old_value,
        new_value,
        {{ qualified_id('salesforce', 'created_by_id') }} as changed_by
    from landed

)

{{ judged_rows('typed', 'salesforce', 'lead_history', field_change_columns()) }}
