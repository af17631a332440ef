{{ config(enabled=is_source_enabled('salesforce')) }}

with

landed as (

    {{ landed_rows('salesforce', 'opportunity') }}

),

typed as (

    select
        {{ row_facts(
            key=['id'],
            timestamps=['close_date', 'created_date', 'last_modified_date', 'system_modstamp'],
            numbers=['amount'],
            booleans=['is_closed', 'is_won', 'is_deleted'],
            changed_at=parse_timestamp('coalesce(system_modstamp, last_modified_date)'),
            is_deleted=parse_boolean('is_deleted'),
            contents=declared_names('salesforce', 'opportunity'),
        ) }},
        {{ qualified_id('salesforce', 'id') }} as opportunity_id,
        {{ qualified_id('salesforce', 'account_id') }} as account_id,
        {{ parse_timestamp('created_date') }} as created_at,
        {{ precision_of('created_date') }} as created_at_precision,
        stage_name as stage,
        try_cast({{ parse_number('amount') }} as numeric(18, 2)) as amount,
        currency_iso_code as currency,
        cast({{ parse_timestamp('close_date') }} as date) as close_date,
        cast(null as timestamp) as closed_at,
        cast(null as varchar) as closed_at_precision,
        coalesce({{ parse_boolean('is_won') }}, false) as is_won,
        coalesce({{ parse_boolean('is_closed') }}, false) as is_closed,
        {{ qualified_id('salesforce', 'owner_id') }} as owner_id,
        type as opportunity_type,
        coalesce({{ parse_boolean('is_deleted') }}, false) as is_deleted
    from landed

)

{{ judged_rows('typed', 'salesforce', 'opportunity', canonical_columns('opportunities') | map(attribute='name') | list) }}
