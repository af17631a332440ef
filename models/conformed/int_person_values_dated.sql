-- Grain: person x attribute with a history of its own x interval. What the field held, as a rule reads it: numbers and
-- yes or no in one spelling, words in lower case.
with

logged as (

    select * from {{ ref('int_attribute_values_dated') }}

)

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
