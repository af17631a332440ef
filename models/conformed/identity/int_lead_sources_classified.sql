with

lead_sources as (

    select lower(lead_source) as lead_source
    from {{ ref('int_person_fields_survived') }}
    where lead_source is not null
    union
    select lower(value_text) as lead_source
    from {{ ref('int_attribute_values_dated') }}
    where
        entity = 'person'
        and attribute = 'lead_source'
        and value_text is not null

),

channel_rules as (

    select *
    from {{ ref('stg_rules__channels') }}
    where match_field = 'lead_source'

),

rules_ranked as (

    select
        lead_sources.lead_source,
        channel_rules.channel,
        row_number() over (
            partition by lead_sources.lead_source
            order by channel_rules.sort_order, channel_rules.rule_id
        ) as rule_rank
    from lead_sources
    left join channel_rules
        on {{ rule_applies('lead_sources.lead_source', 'null', 'channel_rules.operator', 'channel_rules.value') }}

),

classified as (

    select
        lead_source,
        coalesce(channel, 'other') as channel
    from rules_ranked
    where rule_rank = 1

)

select * from classified
