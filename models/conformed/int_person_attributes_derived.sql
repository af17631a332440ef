-- Grain: person x attribute that another one gives x interval: seniority, function and role by the title, the channel
-- by the lead source. They hold as long as what they come from.
with

person_values as (

    select * from {{ ref('int_person_values_dated') }}

),

titles as (

    select * from {{ ref('int_titles_classified') }}

),

lead_sources as (

    select * from {{ ref('int_lead_sources_classified') }}

),

by_title as (

    {% for attribute in ['seniority', 'job_function', 'buying_role'] %}
        select
            person_values.person_id,
            '{{ attribute }}' as attribute,
            person_values.valid_from,
            person_values.valid_from_precision,
            person_values.valid_until,
            person_values.is_latest,
            coalesce(titles.{{ attribute }}, 'unknown') as value_text
        from person_values
        left join titles
            on person_values.value_text = titles.job_title
        where person_values.attribute = 'job_title'
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}

),

by_lead_source as (

    select
        person_values.person_id,
        'channel' as attribute,
        person_values.valid_from,
        person_values.valid_from_precision,
        person_values.valid_until,
        person_values.is_latest,
        coalesce(lead_sources.channel, 'unknown') as value_text
    from person_values
    left join lead_sources
        on person_values.value_text = lead_sources.lead_source
    where person_values.attribute = 'lead_source'

)

select * from by_title

union all

select * from by_lead_source
