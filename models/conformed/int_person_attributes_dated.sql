-- Grain: person x attribute with a history x interval. Values as a rule reads them, of what is derived as well; NULL
-- and is_latest since the last change, where the person's own row says what holds.
with

logged as (

    select * from {{ ref('int_attribute_values_dated') }}

),

by_account as (

    select * from {{ ref('int_account_attributes_dated') }}

),

titles as (

    select * from {{ ref('int_titles_classified') }}

),

lead_sources as (

    select * from {{ ref('int_lead_sources_classified') }}

),

sizes as (

    select * from {{ ref('int_person_sizes_dated') }}

),

by_person as (

    select
        entity_id as person_id,
        attribute,
        valid_from,
        valid_from_precision,
        valid_until,
        is_latest,
        case attribute
            when 'employee_count' then cast({{ parse_integer('value_text') }} as {{ dbt.type_string() }})
            when 'annual_revenue' then cast({{ parse_number('value_text') }} as {{ dbt.type_string() }})
            when 'is_email_opt_out'
                then cast(coalesce({{ parse_boolean('value_text') }}, false) as {{ dbt.type_string() }})
            else lower(value_text)
        end as value_text
    from logged
    where entity = 'person'

),

by_title as (

    select
        by_person.*,
        coalesce(titles.seniority, 'unknown') as seniority,
        coalesce(titles.job_function, 'unknown') as job_function,
        coalesce(titles.buying_role, 'unknown') as buying_role
    from by_person
    left join titles
        on by_person.value_text = titles.job_title
    where by_person.attribute = 'job_title'

),

derived as (

    select
        *,
        'seniority' as derived_attribute,
        seniority as derived_text
    from by_title
    union all
    select
        *,
        'job_function' as derived_attribute,
        job_function as derived_text
    from by_title
    union all
    select
        *,
        'buying_role' as derived_attribute,
        buying_role as derived_text
    from by_title

),

by_source as (

    select
        by_person.*,
        coalesce(lead_sources.channel, 'unknown') as channel
    from by_person
    left join lead_sources
        on by_person.value_text = lead_sources.lead_source
    where by_person.attribute = 'lead_source'

),

attributes as (

    select
        person_id,
        attribute,
        valid_from,
        valid_from_precision,
        valid_until,
        is_latest,
        value_text
    from by_person
    union all
    select
        person_id,
        attribute,
        valid_from,
        valid_from_precision,
        valid_until,
        is_latest,
        value_text
    from by_account
    union all
    select
        person_id,
        derived_attribute,
        valid_from,
        valid_from_precision,
        valid_until,
        is_latest,
        derived_text as value_text
    from derived
    union all
    select
        person_id,
        'channel' as attribute,
        valid_from,
        valid_from_precision,
        valid_until,
        is_latest,
        channel as value_text
    from by_source
    union all
    select
        person_id,
        'segment' as attribute,
        valid_from,
        'exact' as valid_from_precision,
        valid_until,
        false as is_latest,
        segment as value_text
    from sizes

)

select
    person_id,
    attribute,
    valid_from,
    valid_from_precision,
    valid_until,
    is_latest,
    case when not is_latest then value_text end as value_text
from attributes
