-- Grain: MQL that waits. The first territory row that fits it.
with

waiting as (

    select * from {{ ref('int_mqls_waiting') }}

),

territories as (

    select * from {{ ref('stg_rules__territories') }}

),

matches as (

    select
        waiting.mql_id,
        territories.rule_id,
        territories.pool_id,
        territories.rep_id,
        row_number() over (
            partition by waiting.mql_id
            order by territories.sort_order, territories.rule_id
        ) as match_number
    from waiting
    inner join territories  -- every row that fits; the first is kept below
        on
            {{ is_in_force('territories', as_of()) }}
            and (territories.segment is null or territories.segment = waiting.segment)
            and (
                territories.country_codes is null
                or {{ is_listed('waiting.country_code', 'territories.country_codes') }}
            )
            and (
                territories.is_target_account is null
                or territories.is_target_account = waiting.is_target_account
            )

)

select
    mql_id,
    rule_id,
    pool_id,
    rep_id
from matches
where match_number = 1
