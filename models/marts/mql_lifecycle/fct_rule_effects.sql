with

effects as (

    select * from {{ ref('int_rule_effects_graded') }}

)

select
    {{ key_of(['moment_kind', 'person_id', 'mql_id', 'scoring_model', 'rule_id']) }} as rule_effect_id,
    moment_kind,
    person_id,
    mql_id,
    scoring_model,
    rule_id,
    rule_kind,
    {{ quantised('points') }} as points,
    grade,
    grade_without,
    meets_threshold,
    meets_threshold_without
from effects
