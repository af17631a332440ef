-- Grain: response to a campaign. The status that its campaign gives it, in the campaigns' own words.
with

members as (

    select * from {{ ref('int_campaign_members_identified') }}

)

select
    {{ key_of(["'response'", 'campaign_member_key']) }} as change_key,
    source_system,
    record_key,
    person_id,
    responded_at as changed_at,
    responded_at_precision as changed_at_precision,
    coalesce(status, 'Responded') as new_status
from members
where
    has_responded
    and responded_at is not null
