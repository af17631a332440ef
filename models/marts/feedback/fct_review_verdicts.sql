with

verdicts as (

    select * from {{ ref('int_review_verdicts_told') }}

)

select
    review_id,
    reviewer_key,
    week_start,
    stratum,
    verdict,
    reviewed_on
from verdicts
