{{ config(enabled=is_source_enabled('salesforce', 'opportunity_history')) }}

with

landed as (

    {{ landed_rows('salesforce', 'opportunity_history') }}

),

typed as (

    select
        {{ row_facts(
            'salesforce',
            'opportunity_history',
            key=['id'],
            required=['opportunity_id', 'stage_name', 'created_date'],
            changed_at='system_modstamp',
            is_deleted='is_deleted',
        ) }},
        id as change_id,
        {{ qualified_id('salesforce', 'opportunity_id') }} as opportunity_id,
        created_date as changed_at,
        created_date_precision as changed_at_precision,
        stage_name as new_stage,
        amount
    from landed

)

{{ judged_rows('typed', 'salesforce', 'opportunity_history', canonical_columns('opportunity_stage_changes')) }}
