{{ config(enabled=is_source_enabled('marketo'), materialized='table') }}

-- Grain: landed row of Marketo's lead, as a record of a person. Merged or deleted where an activity at or before
-- as_of says so.
with

leads as (

    select * from {{ ref('stg_marketo__lead') }}

),

mergers as (

    select * from {{ ref('int_marketo_lead_merges_found') }}

),

deletions as (

    select distinct lead_id
    from {{ ref('stg_marketo__activity_delete_lead') }}
    where
        disposition = 'current'
        and activity_date <= {{ as_of() }}

),

judged as (

    select
        leads.source_system,
        leads.source_table,
        leads.source_row_number,
        leads.row_key,
        case
            when leads.disposition in ('current', 'deleted') and mergers.lead_id is not null then 'merged'
            when leads.disposition = 'current' and deletions.lead_id is not null then 'deleted'
            else leads.disposition
        end as disposition,
        leads.reason_codes,
        {{ passed_from('leads', 'marketo', 'lead', 'people') }}
        {% for column in canonical_columns('people')
            if column.name not in ('merged_into_id', 'merged_at', 'merged_at_precision', 'is_deleted') %}
            leads.{{ column.name }},
        {% endfor %}
        mergers.lead_id as merged_into_id,
        mergers.merged_at,
        case when mergers.merged_at is not null then 'exact' end as merged_at_precision,
        (leads.is_deleted or deletions.lead_id is not null) as is_deleted,
        leads.sfdc_lead_id,
        leads.sfdc_contact_id
    from leads
    left join mergers
        on leads.record_id = mergers.merged_lead_id
    left join deletions
        on leads.record_id = deletions.lead_id

)

select * from judged
