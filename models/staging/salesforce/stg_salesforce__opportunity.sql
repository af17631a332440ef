{{ config(enabled=is_source_enabled('salesforce', 'opportunity')) }}

with

landed as (

    {{ landed_rows('salesforce', 'opportunity') }}

),

typed as (

    select
        {{ row_facts(
            'salesforce',
            'opportunity',
            key=['id'],
            changed_at='coalesce(system_modstamp, last_modified_date)',
            is_deleted='is_deleted',
            notes={'closed_before_creation': 'is_closed and close_date < cast(created_date as date)'},
        ) }},
        {{ qualified_id('salesforce', 'id') }} as opportunity_id,
        {{ qualified_id('salesforce', 'account_id') }} as account_id,
        created_date as created_at,
        created_date_precision as created_at_precision,
        stage_name as stage,
        amount,
        currency_iso_code as currency,
        close_date,
        cast(null as timestamp) as closed_at,
        cast(null as varchar) as closed_at_precision,
        coalesce(is_won, false) as is_won,
        coalesce(is_closed, false) as is_closed,
        {{ qualified_id('salesforce', 'owner_id') }} as owner_id,
        type as opportunity_type,
        coalesce(is_deleted, false) as is_deleted
    from landed

)

{{ judged_rows('typed', 'salesforce', 'opportunity', canonical_columns('opportunities')) }}
