{{ config(enabled=is_source_enabled('salesforce')) }}

with

landed as (

    {{ landed_rows('salesforce', 'opportunity_history') }}

),

typed as (

    select
        {{ row_facts(
            key=['id'],
            required=['opportunity_id', 'stage_name', 'created_date'],
            timestamps=['created_date', 'system_modstamp'],
            numbers=['amount'],
            booleans=['is_deleted'],
            changed_at=parse_timestamp('system_modstamp'),
            is_deleted=parse_boolean('is_deleted'),
            contents=declared_names('salesforce', 'opportunity_history'),
        ) }},
        id as change_id,
        {{ qualified_id('salesforce', 'opportunity_id') }} as opportunity_id,
        {{ parse_timestamp('created_date') }} as changed_at,
        {{ precision_of('created_date') }} as changed_at_precision,
        stage_name as new_stage,
        try_cast({{ parse_number('amount') }} as numeric(18, 2)) as amount
    from landed

)

{{ judged_rows('typed', 'salesforce', 'opportunity_history', canonical_columns('opportunity_stage_changes') | map(attribute='name') | list) }}
