-- Grain: person x instant at which somebody spoke: the buyer by a hand-raise, or the CRM by its MQL status. Every
-- scoring model is asked about them, whatever it gives points for.
with

hand_raises as (

    select * from {{ ref('fct_signals') }}
    where is_counted and is_hand_raise

),

status_changes as (

    select * from {{ ref('int_status_changes_identified') }}

),

status_map as (

    select * from {{ ref('stg_rules__status_map') }}
    where status = 'mql'

)

select
    person_id,
    occurred_at
from hand_raises
union
select
    status_changes.person_id,
    status_changes.changed_at as occurred_at
from status_changes
inner join status_map
    on
        lower(trim(status_changes.new_status)) = status_map.crm_status
        and (
            status_map.source_system = status_changes.status_vocabulary
            or (status_map.source_system = '*' and status_changes.status_vocabulary <> 'campaign_member')
        )
