-- What the scoring model in force says of each person who may be sold to.
-- A person counts for no more than the floor of the top engagement band: past it, one busy person is no committee.
with

people as (

    select * from {{ ref('int_readiness_people') }}
    where not is_excluded

),

scoring_model as (

    select * from {{ ref('int_readiness_scoring_model_chosen') }}

),

lead_scores as (

    select * from {{ ref('fct_lead_scores') }}

),

score_bands as (

    select * from {{ ref('stg_rules__score_bands') }}
    where rule_kind = 'engagement'

),

person_caps as (

    select
        scoring_model,
        max(min_score) as most_counted
    from score_bands
    group by scoring_model

),

people_scored as (

    select
        people.account_id,
        people.person_id,
        lead_scores.fit_score,
        {{ between_limits('lead_scores.engagement_score', '0', 'person_caps.most_counted') }} as engagement_counted
    from people
    inner join lead_scores
        on people.person_id = lead_scores.person_id
    inner join scoring_model
        on lead_scores.scoring_model = scoring_model.scoring_model
    left join person_caps
        on lead_scores.scoring_model = person_caps.scoring_model

)

select * from people_scored
