with

rules_met as (

    select * from {{ ref('int_exclusion_rules_met') }}

)

select
    person_id,
    rule_id,
    exclusion_reason,
    sort_order,
    evidence,
    excluded_from
from rules_met
where excluded_until = {{ open_end() }}
