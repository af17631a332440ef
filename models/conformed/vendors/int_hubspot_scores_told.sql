{{ config(enabled=is_source_enabled('hubspot'), materialized='table') }}

-- Grain: contact x score that HubSpot gave it.
with

contacts as (

    select * from {{ ref('int_hubspot_contacts_judged') }}

),

scores as (

    select * from {{ ref('stg_hubspot__contact') }}

),

told as (

    {% for score_name in ['hubspotscore', 'hs_predictivecontactscore_v2'] %}
        select
            contacts.source_system,
            contacts.source_table,
            contacts.row_key,
            contacts.disposition,
            contacts.record_key,
            contacts.record_id,
            '{{ score_name }}' as score_name,
            scores.{{ score_name }} as vendor_score,
            cast(null as varchar) as vendor_grade,
            scores.lastmodifieddate as told_at
        from scores
        inner join contacts
            on scores.source_row_number = contacts.source_row_number
        where scores.{{ score_name }} is not null
        {% if not loop.last %}
            union all
        {% endif %}
    {% endfor %}

)

select * from told
