-- Grain: person x attribute of their account with a history x interval. Values as a rule reads them; NULL and is_latest
-- since the last change, where the person's own row says what holds. A customer is one since the first win.
with

logged as (

    select * from {{ ref('int_attribute_values_dated') }}

),

persons as (

    select * from {{ ref('int_persons_enriched') }}

),

by_account as (

    select
        persons.person_id,
        case logged.attribute
            when 'industry' then 'account_industry'
            when 'employee_count' then 'account_employee_count'
            when 'country' then 'account_country'
            else logged.attribute
        end as attribute,
        logged.valid_from,
        logged.valid_from_precision,
        logged.valid_until,
        logged.is_latest,
        case logged.attribute
            when 'employee_count' then cast({{ parse_integer('logged.value_text') }} as {{ dbt.type_string() }})
            when 'is_target_account'
                then cast(coalesce({{ parse_boolean('logged.value_text') }}, false) as {{ dbt.type_string() }})
            else lower(logged.value_text)
        end as value_text
    from logged
    inner join persons  -- everybody at the account
        on logged.entity_id = persons.account_id
    where
        logged.entity = 'account'
        and logged.attribute in ('account_type', 'industry', 'employee_count', 'country', 'is_target_account')

),

customers as (

    select
        person_id,
        customer_since
    from persons
    where customer_since <= {{ as_of() }}

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
    from by_account
    union all
    select
        person_id,
        'is_customer' as attribute,
        {{ since_ever() }} as valid_from,
        'exact' as valid_from_precision,
        customer_since as valid_until,
        false as is_latest,
        'false' as value_text
    from customers
    union all
    select
        person_id,
        'is_customer' as attribute,
        customer_since as valid_from,
        'exact' as valid_from_precision,
        {{ open_end() }} as valid_until,
        false as is_latest,
        'true' as value_text
    from customers

)

select * from attributes
