{{ config(enabled=is_source_enabled('hubspot')) }}

-- Grain: change of a contact's lifecycle stage or lead status, as a change of status. A lead status by which nobody
-- has done anything yet (new, open) says nothing where the stage says more. Of a contact whose stages have no
-- history, the dates that HubSpot keeps of each stage.
with

changes as (

    select * from {{ ref('int_hubspot_contact_values_changed') }}
    where property in ('lifecyclestage', 'hs_lead_status')

),

contacts_with_history as (

    select distinct contact_id
    from changes
    where property = 'lifecyclestage'

),

stage_dates as (

    {% for stage in [
        'subscriber', 'lead', 'marketingqualifiedlead', 'salesqualifiedlead', 'opportunity', 'customer', 'evangelist',
        'other',
    ] %}
        select
            source_system,
            source_table,
            row_key,
            disposition,
            record_key,
            id as contact_id,
            '{{ stage }}' as new_status,
            hs_lifecyclestage_{{ stage }}_date as changed_at,
            hs_lifecyclestage_{{ stage }}_date_precision as changed_at_precision
        from {{ ref('stg_hubspot__contact') }}
        where
            disposition = 'current'
            and hs_lifecyclestage_{{ stage }}_date is not null
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

owners as (

    select
        owner_user_id,
        min(rep_id) as rep_id
    from {{ ref('int_hubspot_owners_judged') }}
    where
        disposition in ('current', 'merged')
        and owner_user_id is not null
    group by owner_user_id

),

stages_standing as (  -- the lifecycle stage that stood when each change was made

    select
        *,
        last_value(case when property = 'lifecyclestage' then new_value end ignore nulls) over (
            partition by contact_id
            order by changed_at, case property when 'lifecyclestage' then 0 else 1 end, row_key
            rows between unbounded preceding and current row
        ) as standing_stage
    from changes

),

statuses as (

    select
        stages_standing.source_system,
        stages_standing.source_table,
        stages_standing.row_key,
        stages_standing.disposition,
        stages_standing.record_key,
        stages_standing.contact_id,
        stages_standing.row_key as change_id,
        stages_standing.changed_at,
        stages_standing.changed_at_precision,
        stages_standing.new_value as new_status,
        coalesce(owners.rep_id, lower(stages_standing.change_source)) as changed_by
    from stages_standing
    left join owners
        on stages_standing.user_id = owners.owner_user_id
    where
        stages_standing.new_value is not null
        and not (
            stages_standing.property = 'hs_lead_status'
            and lower(stages_standing.new_value) in ('new', 'open')
            and coalesce(lower(stages_standing.standing_stage), '') not in ('', 'subscriber', 'lead', 'other')
        )

    union all

    select
        stage_dates.source_system,
        stage_dates.source_table,
        stage_dates.row_key,
        stage_dates.disposition,
        stage_dates.record_key,
        stage_dates.contact_id,
        stage_dates.contact_id || ':' || stage_dates.new_status as change_id,
        stage_dates.changed_at,
        stage_dates.changed_at_precision,
        stage_dates.new_status,
        cast(null as varchar) as changed_by
    from stage_dates
    left join contacts_with_history
        on stage_dates.contact_id = contacts_with_history.contact_id
    where contacts_with_history.contact_id is null

),

status_changes as (

    select
        source_system,
        source_table,
        row_key,
        disposition,
        change_id,
        record_key,
        contact_id as record_id,
        changed_at,
        changed_at_precision,
        lag(new_status) over (partition by contact_id order by changed_at, change_id) as old_status,
        new_status,
        cast(null as varchar) as reason,
        changed_by
    from statuses

)

select * from status_changes
