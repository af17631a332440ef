{{ config(enabled=is_source_enabled('salesforce', 'opportunity_field_history')) }}

with

landed as (

    {{ landed_rows('salesforce', 'opportunity_field_history') }}

),

typed as (

    select
        {{ row_facts(
            'salesforce',
            'opportunity_field_history',
            key=['id'],
            required=['opportunity_id', 'field', 'created_date'],
            is_deleted='is_deleted',
        ) }},
        {{ qualified_id('salesforce', 'opportunity_id') }} as opportunity_id,
        field,
        created_date as changed_at,
        created_date_precision as changed_at_precision,
        old_value,
        new_value,
        {{ qualified_id('salesforce', 'created_by_id') }} as changed_by
    from landed

)

{{ judged_rows('typed', 'salesforce', 'opportunity_field_history', ['opportunity_id'] + field_change_columns()[1:]) }}
