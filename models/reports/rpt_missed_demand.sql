-- Won and open deals that no MQL came before: neither of somebody on the deal nor of somebody at its account. How far
-- their people had come by then is the reason.
with

opportunities as (

    select
        *,
        case when closed_at_precision = 'day' then {{ add_seconds('closed_at', '86399') }} else closed_at end
            as surely_closed_at
    from {{ ref('fct_opportunities') }}
    where
        sourced_mql_id is null
        and (is_won or not is_closed)

),

accounts as (

    select * from {{ ref('dim_account') }}

),

people as (

    select
        *,
        link_method <> 'account' as is_on_deal,
        max(case when link_method <> 'account' then 1 else 0 end) over (partition by opportunity_id) = 1
            as has_people_on_deal
    from {{ ref('fct_opportunity_people') }}

),

people_counted as (

    select
        opportunity_id,
        sum(mqls_before_count) as mqls_before_count,
        count(case when is_on_deal then 1 end) as people_on_deal_count,
        count(case when is_known_before then 1 end) as people_known_count,
        count(case when is_engaged_before then 1 end) as engaged_people_count,
        count(case when is_engaged_before and exclusion_reason_before is null then 1 end) as free_people_count,
        count(
            case
                when exclusion_reason_before is null and (has_met_threshold_before or has_raised_hand_before) then 1
            end
        ) as qualifying_people_count,
        count(case when exclusion_reason_before is not null and has_raised_hand_before then 1 end)
            as refused_people_count,
        min(best_grade_before) as best_grade,
        min(case when is_engaged_before then exclusion_reason_before end) as exclusion_reason,
        min(case when is_on_deal or not has_people_on_deal then first_mql_after_at end) as first_mql_at
    from people
    group by opportunity_id

),

assembled as (

    select
        opportunities.opportunity_id,
        opportunities.account_id,
        opportunities.created_at,
        opportunities.closed_at,
        opportunities.surely_closed_at,
        opportunities.is_won,
        opportunities.stage,
        opportunities.amount,
        opportunities.currency,
        opportunities.corporate_amount,
        coalesce(accounts.segment, 'unknown') as segment,
        coalesce(people_counted.mqls_before_count, 0) as mqls_before_count,
        coalesce(people_counted.people_on_deal_count, 0) as people_on_deal_count,
        coalesce(people_counted.people_known_count, 0) as people_known_count,
        coalesce(people_counted.engaged_people_count, 0) as engaged_people_count,
        coalesce(people_counted.free_people_count, 0) as free_people_count,
        coalesce(people_counted.qualifying_people_count, 0) as qualifying_people_count,
        coalesce(people_counted.refused_people_count, 0) as refused_people_count,
        people_counted.best_grade,
        people_counted.exclusion_reason,
        people_counted.first_mql_at
    from opportunities
    left join accounts
        on opportunities.account_id = accounts.account_id
    left join people_counted
        on opportunities.opportunity_id = people_counted.opportunity_id

),

reasoned as (

    select
        *,
        case
            when is_won and first_mql_at > surely_closed_at then 'won_before_mql'
            when first_mql_at is not null then 'mql_after_creation'
            when account_id is null and people_on_deal_count = 0 then 'account_unmatched'
            when people_known_count = 0 then 'no_known_person'
            when engaged_people_count = 0 then 'people_not_engaged'
            when qualifying_people_count > 0 then 'held_back'
            when free_people_count > 0 then 'engaged_below_threshold'
            when refused_people_count > 0 then 'asked_while_excluded'
            else 'excluded'
        end as reason
    from assembled
    where mqls_before_count = 0

)

select
    opportunity_id,
    account_id,
    created_at,
    closed_at,
    is_won,
    stage,
    amount,
    currency,
    corporate_amount,
    segment,
    reason,
    case reason
        when 'won_before_mql' then 'Won before anybody on it became an MQL'
        when 'mql_after_creation' then 'Sales had made it a deal before anybody on it became an MQL'
        when 'account_unmatched' then 'The deal has neither an account nor a person'
        when 'no_known_person' then 'Nobody on the deal or at the account was known before it'
        when 'people_not_engaged' then 'People were known, and nobody had done anything that counts'
        when 'held_back' then 'Somebody had asked for us or reached the threshold, and no cycle was opened'
        when 'engaged_below_threshold' then concat('Nobody engaged reached the threshold; best grade ', best_grade)
        when 'asked_while_excluded' then concat('Asked for us, and was no business of sales: ', exclusion_reason)
        else concat('Everybody engaged was excluded: ', exclusion_reason)
    end as reason_text,
    people_on_deal_count,
    people_known_count,
    engaged_people_count,
    best_grade,
    exclusion_reason,
    first_mql_at
from reasoned
