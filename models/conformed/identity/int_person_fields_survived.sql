{{ config(materialized='table') }}
{%- set own_fields = [
    'first_name', 'last_name', 'phone', 'job_title', 'company_name', 'company_domain', 'country', 'region',
    'industry', 'employee_count', 'annual_revenue', 'lead_source', 'lead_source_detail',
] + passed_columns('people') %}
{%- set worked_fields = {'crm_status': 'status', 'owner_id': 'owner_id'} %}

-- One value per field: that of the first record that has one, in the order which rule_field_survivorship gives it.
-- The status and the owner of a record that was merged away count for nothing.
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

records_ranked as (

    select * from {{ ref('int_person_records_ranked') }}

),

field_policies as (

    select * from {{ ref('int_field_policies_compiled') }}

),

strategies_chosen as (  -- one row: those of each field, or of any field where it has none

    select
        {%- for field in ['email'] + own_fields + worked_fields.keys() | list %}
            coalesce(
                max(case when field = '{{ field }}' then strategy_list end),
                max(case when field = '*' then strategy_list end)
            ) as {{ field }}_strategies{% if not loop.last %},{% endif %}
        {%- endfor %}
    from field_policies

),

told as (

    select
        people.*,
        records.person_id,
        records.is_survivor,
        emails.email_domain,
        emails.email_kind,
        emails.is_company_domain,
        records_ranked.strategy_list,
        records_ranked.record_rank,
        (
            (emails.is_personal and not coalesce(people.is_email_opt_out, false))
            or people.phone is not null
        ) as is_reachable
    from people
    inner join records
        on people.record_key = records.record_key
    inner join emails
        on people.record_key = emails.record_key
    inner join records_ranked  -- one row for each list of strategies
        on people.record_key = records_ranked.record_key

),

fields as (

    select
        told.person_id,
        max(case when told.is_survivor then told.source_system end) as source_system,
        max(case when told.is_survivor then told.record_id end) as record_id,
        max(case when told.is_survivor then told.record_type end) as record_type,
        {%- for field, column in [
            ('email', 'email'), ('email_domain', 'email_domain'), ('email_kind', 'email_kind'), ('is_company_email', 'is_company_domain')
        ] %}
        {{ first_present(
            'case when told.strategy_list = strategies_chosen.email_strategies then told.' ~ column ~ ' end', 'told.record_rank'
        ) }} as {{ field }},
        {%- endfor %}
        {%- for field in own_fields %}
        {{ first_present(
            'case when told.strategy_list = strategies_chosen.' ~ field ~ '_strategies then told.' ~ field ~ ' end',
            'told.record_rank'
        ) }} as {{ field }},
        {%- endfor %}
        {%- for field, column in worked_fields.items() %}
        {{ first_present(
            'case when told.strategy_list = strategies_chosen.' ~ field ~ '_strategies and not told.is_merged then told.'
            ~ column ~ ' end',
            'told.record_rank'
        ) }} as {{ field }},
        {%- endfor %}
        min(told.created_at) as created_at,
        min(told.converted_at) as converted_at,
        coalesce(bool_or(told.is_email_opt_out and not told.is_merged), false) as is_email_opt_out,
        coalesce(bool_or(told.is_reachable and not told.is_merged), false) as is_reachable
    from told
    cross join strategies_chosen
    group by told.person_id

)

select * from fields
