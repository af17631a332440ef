with

people as (

    select * from {{ ref('int_people_unioned') }}

),

records as (

    select * from {{ ref('int_person_records_resolved') }}

),

emails as (

    select * from {{ ref('int_record_emails_classified') }}

),

policies as (

    select distinct
        strategy_list,
        {%- for step in range(1, 8) %}
            strategy_{{ step }},
            value_{{ step }}{% if not loop.last %},{% endif %}
        {%- endfor %}
    from {{ ref('int_field_policies_compiled') }}

),

records_described as (

    select
        records.record_key,
        records.person_id,
        records.is_survivor,
        people.source_system,
        people.record_type,
        people.is_merged,
        (people.converted_at is not null or people.converted_contact_id is not null) as is_converted,
        (emails.email_kind not in ('missing', 'invalid')) as has_valid_email,
        rank() over (partition by records.person_id order by people.updated_at desc nulls last) as recency_rank
    from records
    inner join people
        on records.record_key = people.record_key
    inner join emails
        on records.record_key = emails.record_key

),

ranked as (

    select
        records_described.record_key,
        records_described.person_id,
        policies.strategy_list,
        row_number() over (
            partition by records_described.person_id, policies.strategy_list
            order by
                {%- for step in range(1, 8) %}
                    {{ survivorship_rank(
                        'policies.strategy_' ~ step, 'policies.value_' ~ step, 'records_described'
                    ) }} asc,
                {%- endfor %}
                records_described.record_key asc
        ) as record_rank
    from records_described
    cross join policies  -- a handful: as many as fields are decided differently

)

select * from ranked
