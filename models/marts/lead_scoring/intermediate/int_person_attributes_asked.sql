-- Grain: person x attribute that a rule asks about x interval. Its value as it was, where the source keeps its history;
-- else as it is now, and is_point_in_time says so.
with

persons as (

    select
        *,
        account_id is not null as has_account,
        coalesce(customer_since <= {{ as_of() }}, false) as is_customer
    from {{ ref('int_persons_enriched') }}

),

accounts as (

    select * from {{ ref('int_accounts_enriched') }}

),

attributes_asked as (

    select * from {{ ref('int_attributes_asked') }}

),

tracked as (

    select * from {{ ref('int_attributes_tracked') }}

),

dated as (

    select * from {{ ref('int_person_attributes_dated') }}

),

current_values as (

    select
        persons.person_id,
        attributes_asked.attribute,
        {{ person_attribute('persons', 'attributes_asked.attribute') }} as value_text,
        attributes_asked.entity = 'identity' or tracked.attribute is not null as is_point_in_time
    from persons
    cross join attributes_asked  -- every person is asked about everything
    left join accounts
        on persons.account_id = accounts.account_id
    left join tracked  -- at most one: the record on which the value rests
        on
            attributes_asked.base_attribute = tracked.attribute
            and tracked.entity = case
                when attributes_asked.entity <> 'either' then attributes_asked.entity
                when persons.account_employee_count is not null then 'account'
                else 'person'
            end
            and tracked.source_system
            = case when tracked.entity = 'account' then accounts.source_system else persons.source_system end

)

select
    current_values.person_id,
    current_values.attribute,
    coalesce(dated.valid_from, {{ since_ever() }}) as valid_from,
    coalesce(dated.valid_until, {{ open_end() }}) as valid_until,
    case when coalesce(dated.is_latest, true) then current_values.value_text else dated.value_text end as value_text,
    current_values.is_point_in_time or dated.person_id is not null as is_point_in_time
from current_values
left join dated  -- one row for each interval of its history
    on
        current_values.person_id = dated.person_id
        and current_values.attribute = dated.attribute
