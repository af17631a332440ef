{%- set fields = [
    'mail_address', 'job_title', 'job_function', 'seniority', 'buying_role', 'company_name', 'account', 'country', 'industry',
    'company_size', 'lead_source', 'owner',
] -%}
-- What we know, as of the run, of those who came in a week.
with

people as (

    select * from {{ ref('fct_person_completeness') }}

),

filled as (

    {% for field in fields %}
        select
            created_week as week_start,
            channel,
            '{{ field }}' as field,
            count(*) as people,
            count(case when has_{{ field }} then 1 end) as filled
        from people
        group by created_week, channel
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select
    week_start,
    channel,
    field,
    people,
    filled,
    {{ share_of('filled', 'people') }} as coverage_rate,
    {{ wilson_bound('filled', 'people', 'lower') }} as coverage_rate_lower,
    {{ wilson_bound('filled', 'people', 'upper') }} as coverage_rate_upper
from filled
