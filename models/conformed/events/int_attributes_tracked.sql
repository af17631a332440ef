-- Grain: source system x kind of record x attribute of which it has logged a change of anybody: its history is kept.
select distinct
    source_system,
    case when person_id is not null then 'person' else 'account' end as entity,
    attribute
from {{ ref('int_attribute_changes_identified') }}
