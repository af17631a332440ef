{{ config(enabled=is_source_enabled('salesforce')) }}

with

landed as (

    {{ landed_rows('salesforce', 'campaign') }}

),

typed as (

    select
        {{ row_facts(
            key=['id'],
            timestamps=['start_date', 'end_date', 'last_modified_date', 'system_modstamp'],
            numbers=['actual_cost', 'budgeted_cost'],
            booleans=['is_deleted'],
            changed_at=parse_timestamp('coalesce(system_modstamp, last_modified_date)'),
            is_deleted=parse_boolean('is_deleted'),
            contents=declared_names('salesforce', 'campaign'),
        ) }},
        {{ qualified_id('salesforce', 'id') }} as campaign_id,
        name as campaign_name,
        type as campaign_type,
        cast(null as varchar) as channel,
        try_cast({{ parse_number('coalesce(actual_cost, budgeted_cost)') }} as numeric(18, 2)) as cost,
        currency_iso_code as currency,
        cast({{ parse_timestamp('start_date') }} as date) as started_on,
        cast({{ parse_timestamp('end_date') }} as date) as ended_on
    from landed

)

{{ judged_rows('typed', 'salesforce', 'campaign', canonical_columns('campaigns') | map(attribute='name') | list) }}
