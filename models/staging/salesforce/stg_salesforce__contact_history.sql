{{ config(enabled=is_source_enabled('salesforce')) }}

with

landed as (

    {{ landed_rows('salesforce', 'contact_history') }}

),

typed as (

    select
        {{ row_facts(
            key=['id'],
            required=['contact_id', 'field', 'created_date'],
            timestamps=['created_date'],
            booleans=['is_deleted'],
            is_deleted=parse_boolean('is_deleted'),
            contents=declared_names('salesforce', 'contact_history'),
        ) }},
        case when contact_id is not null then {{ key_of(["'salesforce'", 'contact_id']) }} end as record_key,
        field,
        {{ parse_timestamp('created_date') }} as changed_at,
        {{ precision_of('created_date') }} as changed_at_precision,
        old_value,
        new_value,
        {{ qualified_id('salesforce', 'created_by_id') }} as changed_by
    from landed

)

{{ judged_rows('typed', 'salesforce', 'contact_history', field_change_columns() | map(attribute='name') | list) }}
