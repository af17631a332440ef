-- Grain: change of a person's status to one that no row of rule_status_map names.
select
    change_key,
    source_system,
    person_id,
    lower(trim(crm_status)) as crm_status,
    changed_at
from {{ ref('int_crm_statuses_mapped') }}
where
    status is null
    and crm_status is not null
