-- Grain: person x attribute with a history x interval. Values as a rule reads them, of what is derived as well; NULL
-- and is_latest since the last change, where the person's own row says what holds.
with

by_person as (

    select * from {{ ref('int_person_values_dated') }}

),

derived as (

    select * from {{ ref('int_person_attributes_derived') }}

),

by_account as (

    select * from {{ ref('int_account_attributes_dated') }}

),

sizes as (

    select * from {{ ref('int_person_sizes_dated') }}

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
        attribute,
        valid_from,
        valid_from_precision,
        valid_until,
        is_latest,
        value_text
    from derived
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
