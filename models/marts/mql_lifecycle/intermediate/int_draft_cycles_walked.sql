{{ config(materialized='table') }}

-- Grain: draft x active version x cycle that the draft would have opened in the version's window.
with recursive

links as (

    select * from {{ ref('int_draft_candidates_linked') }}
    where next_opened_at is not null

),

versions as (

    select
        scoring_model as active_model,
        effective_until
    from {{ ref('stg_rules__scoring_models') }}
    where model_status = 'active'

),

walked as (

    select
        links.scoring_model,
        links.active_model,
        versions.effective_until,
        links.person_id,
        links.next_opened_at as opened_at,
        cast(1 as bigint) as cycle_number
    from links
    inner join versions
        on links.active_model = versions.active_model
    where links.next_opened_at < versions.effective_until
    union all
    select
        walked.scoring_model,
        walked.active_model,
        walked.effective_until,
        walked.person_id,
        links.next_opened_at as opened_at,
        walked.cycle_number + 1 as cycle_number
    from walked
    inner join links
        on
            walked.scoring_model = links.scoring_model
            and walked.person_id = links.person_id
            and walked.opened_at = links.asked_by
    where links.next_opened_at < walked.effective_until

)

select
    {{ key_of(['scoring_model', 'active_model', 'person_id', 'cycle_number']) }} as draft_mql_id,
    scoring_model,
    active_model,
    person_id,
    cycle_number,
    opened_at
from walked
