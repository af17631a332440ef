{{ config(enabled=is_source_enabled('salesforce')) }}

with

landed as (

    {{ landed_rows('salesforce', 'opportunity_field_history') }}

),

typed as (

    select
        {{ row_facts(
            key=['id'],
            required=['opportunity_id', 'field', 'created_date'],
            timestamps=['created_date'],
            booleans=['is_deleted'],
            is_deleted=parse_boolean('is_deleted'),
            contents=declared_names('salesforce', 'opportunity_field_history'),
        ) }},
        {{ qualified_id('salesforce', 'opportunity_id') }} as opportunity_id,
        field,
        {{ parse_timestamp('created_date') }} as changed_at,
        {{ precision_of('created_date') }} as changed_at_precision,
        old_value,
        new_value,
        {{ qualified_id('salesforce', 'created_by_id') }} as changed_by
    from landed

)

{{ judged_rows('typed', 'salesforce', 'opportunity_field_history', ['opportunity_id', 'field', 'changed_at', 'changed_at_precision', 'old_value', 'new_value', 'changed_by']) }}
