-- Grain: sampled review x reviewer. Who said it is told by a hash: a name may stand in the seed and in no mart.
with

verdicts as (

    select * from {{ ref('stg_rules__review_verdicts') }}

)

select
    review_id,
    {{ key_of(['lower(reviewer)']) }} as reviewer_key,
    week_start,
    stratum,
    verdict,
    reviewed_on
from verdicts
where reviewed_on <= cast({{ as_of() }} as date)
