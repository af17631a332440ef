{{ config(enabled=is_source_enabled('salesforce')) }}

with

landed as (

    {{ landed_rows('salesforce', 'account') }}

),

typed as (

    select
        {{ row_facts(
            key=['id'],
            timestamps=['created_date', 'last_modified_date', 'system_modstamp'],
            numbers=['annual_revenue', 'number_of_employees'],
            booleans=['is_target_account', 'is_deleted'],
            changed_at=parse_timestamp('coalesce(system_modstamp, last_modified_date)'),
            is_merged='master_record_id is not null',
            is_deleted=parse_boolean('is_deleted'),
            contents=declared_names('salesforce', 'account'),
        ) }},
        {{ qualified_id('salesforce', 'id') }} as account_id,
        name as account_name,
        website as domain,
        {{ qualified_id('salesforce', 'parent_id') }} as parent_account_id,
        type as account_type,
        industry,
        try_cast({{ parse_number('number_of_employees') }} as bigint) as employee_count,
        try_cast({{ parse_number('annual_revenue') }} as numeric(18, 2)) as annual_revenue,
        billing_country as country,
        {{ qualified_id('salesforce', 'owner_id') }} as owner_id,
        {{ parse_boolean('is_target_account') }} as is_target_account,
        {{ parse_timestamp('created_date') }} as created_at,
        {{ precision_of('created_date') }} as created_at_precision,
        coalesce({{ parse_boolean('is_deleted') }}, false) as is_deleted
    from landed

)

{{ judged_rows('typed', 'salesforce', 'account', canonical_columns('accounts') | map(attribute='name') | list) }}
