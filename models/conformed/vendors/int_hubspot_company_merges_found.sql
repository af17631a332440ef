{{ config(enabled=is_source_enabled('hubspot')) }}

-- Grain: company that was merged into another. Of several that claim it, one that was not merged itself, then the
-- smallest id; of two that claim each other the smaller id stands.
with

listed as (

    select distinct
        id as company_id,
        trim({{ list_parts('hs_merged_object_ids', ';') }}) as merged_company_id
    from {{ ref('stg_hubspot__company') }}
    where
        disposition = 'current'
        and hs_merged_object_ids is not null

),

claims as (

    select listed.*
    from listed
    left join listed as claimed_back
        on
            listed.company_id = claimed_back.merged_company_id
            and listed.merged_company_id = claimed_back.company_id
    where
        listed.merged_company_id <> ''
        and listed.merged_company_id <> listed.company_id
        and (claimed_back.company_id is null or listed.company_id < listed.merged_company_id)

),

merged_ids as (

    select distinct merged_company_id
    from claims

),

claims_ranked as (

    select
        claims.company_id,
        claims.merged_company_id,
        row_number() over (
            partition by claims.merged_company_id
            order by
                case when merged_ids.merged_company_id is null then 0 else 1 end,
                claims.company_id
        ) as claim_rank
    from claims
    left join merged_ids
        on claims.company_id = merged_ids.merged_company_id

)

select
    company_id,
    merged_company_id
from claims_ranked
where claim_rank = 1
