{{ config(enabled=is_source_enabled('marketo'), materialized='table') }}

-- Grain: lead in a program. What the membership says, and when the program first succeeded with the lead, by the
-- changes of status in it where the membership does not say; of a lead without a membership the changes alone.
with

memberships as (

    select
        *,
        row_number() over (partition by program_id, lead_id order by row_key) as membership_number
    from {{ ref('stg_marketo__program_membership') }}
    where disposition = 'current'

),

changes as (

    select
        *,
        coalesce(program_id, primary_attribute_value_id) as in_program_id
    from {{ ref('stg_marketo__activity_change_status_in_progression') }}
    where
        disposition = 'current'
        and activity_date <= {{ as_of() }}

),

progress as (

    select
        in_program_id as program_id,
        lead_id,
        record_key,
        min(row_key) as row_key,
        max_by(new_status, concat(cast(activity_date as varchar), '|', row_key)) as status,
        min(case when success then activity_date end) as succeeded_at
    from changes
    where in_program_id is not null
    group by in_program_id, lead_id, record_key

),

members as (

    select
        'marketo' as source_system,
        case
            when memberships.row_key is not null then 'program_membership'
            else 'activity_change_status_in_progression'
        end as source_table,
        coalesce(memberships.row_key, progress.row_key) as row_key,
        'current' as disposition,
        {{ qualified_id('marketo', "'program:' || coalesce(memberships.program_id, progress.program_id)") }}
            as campaign_id,
        coalesce(memberships.record_key, progress.record_key) as record_key,
        coalesce(memberships.lead_id, progress.lead_id) as record_id,
        coalesce(memberships.progression_status, progress.status) as status,
        coalesce(
            memberships.reached_success,
            memberships.reached_success_date is not null or progress.succeeded_at is not null
        ) as has_responded,
        coalesce(memberships.reached_success_date, progress.succeeded_at) as responded_at,
        case
            when memberships.reached_success_date is not null then memberships.reached_success_date_precision
            when progress.succeeded_at is not null then 'exact'
        end as responded_at_precision
    from memberships
    full outer join progress
        on
            memberships.program_id = progress.program_id
            and memberships.lead_id = progress.lead_id

)

select * from members
