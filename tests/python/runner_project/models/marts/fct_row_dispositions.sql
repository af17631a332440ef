select
    'generic' as source_system,
    'people' as source_table,
    _row_number as source_row_number,
    coalesce(record_id, 'row:' || _row_number) as row_key,
    case when _row_problem is null and record_id is not null then 'current' else 'quarantined' end as disposition,
    coalesce(_row_problem, case when record_id is null then 'null_key' end, '') as reason_codes
from {{ source('generic', 'people') }}
{% set touches = source('generic', 'touches') %}
{% if execute and load_relation(touches) is not none %}
union all
select 'generic', 'touches', _row_number, coalesce(touch_id, 'row:' || _row_number), 'current', ''
from {{ touches }}
{% endif %}
