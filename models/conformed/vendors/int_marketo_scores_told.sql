{{ config(enabled=is_source_enabled('marketo'), materialized='table') }}

-- Grain: lead x score that Marketo gave it: what the last change of each score at or before as_of left, and the score
-- on the lead where no change of it is told.
with

changes as (

    select * from {{ ref('stg_marketo__activity_change_score') }}
    where
        disposition = 'current'
        and activity_date <= {{ as_of() }}

),

leads as (

    select * from {{ ref('stg_marketo__lead') }}
    where disposition = 'current'

),

changes_ranked as (

    select
        *,
        {{ snake_case('primary_attribute_value') }} as score_name,
        row_number() over (
            partition by record_key, {{ snake_case('primary_attribute_value') }}
            order by activity_date desc, row_key desc
        ) as newest_first
    from changes
    where primary_attribute_value is not null

),

changes_left as (

    select
        source_system,
        source_table,
        row_key,
        disposition,
        record_key,
        lead_id as record_id,
        score_name,
        {{ parse_amount('new_value') }} as vendor_score,
        activity_date as told_at
    from changes_ranked
    where newest_first = 1

),

scores_on_leads as (

    select
        leads.source_system,
        leads.source_table,
        leads.row_key,
        leads.disposition,
        leads.record_key,
        leads.record_id,
        'lead_score' as score_name,
        leads.lead_score as vendor_score,
        leads.updated_at as told_at
    from leads
    left join changes_left
        on
            leads.record_key = changes_left.record_key
            and changes_left.score_name = 'lead_score'
    where changes_left.record_key is null

),

told as (

    select * from changes_left

    union all

    select * from scores_on_leads

)

select
    source_system,
    source_table,
    row_key,
    disposition,
    record_key,
    record_id,
    score_name,
    vendor_score,
    cast(null as varchar) as vendor_grade,
    told_at
from told
where vendor_score is not null
