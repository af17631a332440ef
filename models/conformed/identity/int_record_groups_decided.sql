{{ config(materialized='table') }}

with

components as (

    select * from {{ ref('int_record_components_labelled') }}

),

claimed as (

    select * from {{ ref('int_apart_records_claimed') }}

),

rejoined as (

    select * from {{ ref('int_apart_claims_rejoined') }}

),

group_labels as (

    select
        rejoined.person_group,
        min(claimed.record_key) as label
    from rejoined
    inner join claimed
        on rejoined.claimant = claimed.claimant
    group by rejoined.person_group

),

decided as (

    select
        components.record_key,
        coalesce(group_labels.label, components.label) as label
    from components
    left join claimed
        on components.record_key = claimed.record_key
    left join rejoined
        on claimed.claimant = rejoined.claimant
    left join group_labels
        on rejoined.person_group = group_labels.person_group

)

select * from decided
