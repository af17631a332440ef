{{ config(materialized='table') }}

-- Grain: person or account x attribute whose changes are logged x interval. What the log says it was: before the first
-- change its old value, after each the new one. Since the last change it is what the record says (is_latest).
with

logged as (

    select
        source_system,
        case when person_id is not null then 'person' else 'account' end as entity,
        coalesce(person_id, account_id) as entity_id,
        attribute,
        coalesce(changed_at_precision, 'exact') as changed_at_precision,
        case
            when changed_at_precision = 'day' and changed_at <= {{ as_of() }} then {{ last_second_of('changed_at') }}
            else changed_at
        end as changed_at,
        old_value,
        new_value,
        source_change_id,
        change_key
    from {{ ref('int_attribute_changes_identified') }}

),

changes as (

    select
        *,
        row_number() over source_order as change_number,
        lead(changed_at) over source_order as next_changed_at
    from logged
    window source_order as (  -- of one second the source's last change stands; its ids count upwards
        partition by entity, entity_id, attribute
        order by changed_at, length(source_change_id), source_change_id, change_key
    )

),

intervals as (

    select
        entity,
        entity_id,
        attribute,
        {{ since_ever() }} as valid_from,
        'exact' as valid_from_precision,
        changed_at as valid_until,
        old_value as value_text,
        false as is_latest
    from changes
    where change_number = 1
    union all
    select
        entity,
        entity_id,
        attribute,
        changed_at as valid_from,
        changed_at_precision as valid_from_precision,
        coalesce(next_changed_at, {{ open_end() }}) as valid_until,
        new_value as value_text,
        next_changed_at is null as is_latest
    from changes

)

select
    entity,
    entity_id,
    attribute,
    valid_from,
    valid_from_precision,
    case when valid_until > {{ as_of() }} then {{ open_end() }} else valid_until end as valid_until,
    value_text,
    is_latest
from intervals
where
    valid_from < valid_until
    and valid_from <= {{ as_of() }}
