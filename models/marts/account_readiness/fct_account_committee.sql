with

committee as (

    select * from {{ ref('int_readiness_committee') }}
    where unit_kind = 'account'

),

final as (

    select
        head_account_id as account_id,
        buying_role,
        people_known_count,
        people_engaged_count,
        case
            when people_engaged_count > 0 then 'engaged'
            when people_known_count > 0 then 'known_not_engaged'
            else 'nobody_known'
        end as coverage
    from committee

)

select * from final
