-- Grain: person x instant at which a cycle may open, or might under a draft. What would become of a cycle opened then
-- does not hang on who would have opened it.
select
    person_id,
    occurred_at
from {{ ref('int_qualification_instants') }}
union
select
    person_id,
    occurred_at
from {{ ref('int_draft_candidates_found') }}
