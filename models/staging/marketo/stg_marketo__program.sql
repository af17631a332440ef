{{ config(enabled=is_source_enabled('marketo')) }}

with

landed as (

    {{ landed_rows('marketo', 'program') }}

),

typed as (

    select
        {{ row_facts('marketo', 'program', key=['id'], changed_at='updated_at') }},
        -- ids of programs and of smart campaigns are counted apart, and meet
        {{ qualified_id('marketo', "'program:' || id") }} as campaign_id,
        name as campaign_name,
        coalesce(channel, type) as campaign_type,
        cast(null as varchar) as channel,
        cast(null as numeric(18, 2)) as cost,
        cast(null as varchar) as currency,
        start_date as started_on,
        end_date as ended_on
    from landed

)

{{ judged_rows('typed', 'marketo', 'program', canonical_columns('campaigns')) }}
