-- MQL volume beside what became of it. The same with campaign and entry reason: rpt_mql_funnel.
with

funnel as (

    select * from {{ ref('fct_mql_funnel') }}

),

counted as (

    select
        cohort_month,
        channel,
        segment,
        grade,
        scoring_model,
        {{ funnel_measures() }}
    from funnel
    group by
        cohort_month,
        channel,
        segment,
        grade,
        scoring_model

),

cohorts as (  -- a month that is not over gets more cycles yet, whatever those in it have come to

    select
        *,
        cast(cohort_month as timestamp) + interval '1 month' <= {{ as_of() }} and mature_mqls = mqls as is_mature,
        cast(cohort_month as timestamp) + interval '1 month' <= {{ as_of() }} and judged_mqls = mqls
            as is_acceptance_mature
    from counted

)

select
    cohorts.*,
    {{ funnel_rates('cohorts') }}
from cohorts
