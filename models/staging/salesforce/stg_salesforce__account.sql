{{ config(enabled=is_source_enabled('salesforce', 'account')) }}

with

landed as (

    {{ landed_rows('salesforce', 'account') }}

),

typed as (

    select
        {{ row_facts(
            'salesforce',
            'account',
            key=['id'],
            changed_at='coalesce(system_modstamp, last_modified_date)',
            is_merged='master_record_id is not null',
            is_deleted='is_deleted',
        ) }},
        {{ qualified_id('salesforce', 'id') }} as account_id,
        name as account_name,
        website as domain,
        {{ qualified_id('salesforce', 'parent_id') }} as parent_account_id,
        type as account_type,
        industry,
        number_of_employees as employee_count,
        annual_revenue,
        billing_country as country,
        {{ qualified_id('salesforce', 'owner_id') }} as owner_id,
        is_target_account,
        created_date as created_at,
        created_date_precision as created_at_precision,
        coalesce(is_deleted, false) as is_deleted
    from landed

)

{{ judged_rows('typed', 'salesforce', 'account', canonical_columns('accounts')) }}
