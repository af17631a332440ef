with

instants as (

    select * from {{ ref('int_scoring_instants') }}

),

segments as (

    select * from {{ ref('int_engagement_segments') }}

)

select
    instants.person_id,
    instants.scoring_model,
    instants.occurred_at,
    segments.engagement_score
from instants
inner join segments  -- every instant is a moment
    on
        instants.person_id = segments.person_id
        and instants.scoring_model = segments.scoring_model
        and instants.occurred_at = segments.moment
