{{ config(enabled=is_source_enabled('salesforce', 'campaign')) }}

with

landed as (

    {{ landed_rows('salesforce', 'campaign') }}

),

typed as (

    select
        {{ row_facts(
            'salesforce',
            'campaign',
            key=['id'],
            changed_at='coalesce(system_modstamp, last_modified_date)',
            is_deleted='is_deleted',
        ) }},
        {{ qualified_id('salesforce', 'id') }} as campaign_id,
        name as campaign_name,
        type as campaign_type,
        cast(null as varchar) as channel,
        coalesce(actual_cost, budgeted_cost) as cost,
        currency_iso_code as currency,
        start_date as started_on,
        end_date as ended_on
    from landed

)

{{ judged_rows('typed', 'salesforce', 'campaign', canonical_columns('campaigns')) }}
