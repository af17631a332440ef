-- Every criterion's actual value, one row an account and criterion. A new criterion is a model and a line here.
with

account_fit as (

    select * from {{ ref('int_readiness_account_fit') }}

),

account_engagement as (

    select * from {{ ref('int_readiness_account_engagement') }}

),

engaged_people_30 as (

    select * from {{ ref('int_readiness_engaged_people_30') }}

),

engaged_people_90 as (

    select * from {{ ref('int_readiness_engaged_people_90') }}

),

engaged_functions as (

    select * from {{ ref('int_readiness_engaged_functions') }}

),

decision_maker_engaged as (

    select * from {{ ref('int_readiness_decision_maker_engaged') }}

),

buying_roles_covered as (

    select * from {{ ref('int_readiness_buying_roles_covered') }}

),

high_intent_signals as (

    select * from {{ ref('int_readiness_high_intent_signals') }}

),

recency as (

    select * from {{ ref('int_readiness_recency') }}

),

no_exclusion as (

    select * from {{ ref('int_readiness_no_exclusion') }}

),

unioned as (

    select
        account_id,
        criterion,
        actual,
        is_applicable,
        false as is_lower_better
    from account_fit
    union all
    select
        account_id,
        criterion,
        actual,
        is_applicable,
        false as is_lower_better
    from account_engagement
    union all
    select
        account_id,
        criterion,
        actual,
        is_applicable,
        false as is_lower_better
    from engaged_people_30
    union all
    select
        account_id,
        criterion,
        actual,
        is_applicable,
        false as is_lower_better
    from engaged_people_90
    union all
    select
        account_id,
        criterion,
        actual,
        is_applicable,
        false as is_lower_better
    from engaged_functions
    union all
    select
        account_id,
        criterion,
        actual,
        is_applicable,
        false as is_lower_better
    from decision_maker_engaged
    union all
    select
        account_id,
        criterion,
        actual,
        is_applicable,
        false as is_lower_better
    from buying_roles_covered
    union all
    select
        account_id,
        criterion,
        actual,
        is_applicable,
        false as is_lower_better
    from high_intent_signals
    union all
    select
        account_id,
        criterion,
        actual,
        is_applicable,
        true as is_lower_better
    from recency
    union all
    select
        account_id,
        criterion,
        actual,
        is_applicable,
        true as is_lower_better
    from no_exclusion

)

select * from unioned
