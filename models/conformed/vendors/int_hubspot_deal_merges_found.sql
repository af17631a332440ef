{{ config(enabled=is_source_enabled('hubspot')) }}

-- Grain: deal that was merged into another, by the table of merges or the list of the deal that stands.
with

told as (

    select
        deal_id,
        merged_deal_id
    from {{ ref('stg_hubspot__merged_deal') }}
    where disposition = 'current'

    union

    select
        deal_id,
        trim({{ list_parts('hs_merged_object_ids', ';') }}) as merged_deal_id
    from {{ ref('stg_hubspot__deal') }}
    where
        disposition = 'current'
        and hs_merged_object_ids is not null

),

claims as (

    select told.*
    from told
    left join told as claimed_back
        on
            told.deal_id = claimed_back.merged_deal_id
            and told.merged_deal_id = claimed_back.deal_id
    where
        told.merged_deal_id <> ''
        and told.merged_deal_id <> told.deal_id
        and (claimed_back.deal_id is null or told.deal_id < told.merged_deal_id)

),

merged_ids as (

    select distinct merged_deal_id
    from claims

),

claims_ranked as (

    select
        claims.deal_id,
        claims.merged_deal_id,
        row_number() over (
            partition by claims.merged_deal_id
            order by
                case when merged_ids.merged_deal_id is null then 0 else 1 end,
                claims.deal_id
        ) as claim_rank
    from claims
    left join merged_ids
        on claims.deal_id = merged_ids.merged_deal_id

)

select
    deal_id,
    merged_deal_id
from claims_ranked
where claim_rank = 1
