select
    record_id as person_id,
    created_at,
    cast('{{ var("as_of") }}' as timestamp) as scored_as_of
    {% if var('break_a_model') %}, no_such_column{% endif %}
from {{ source('generic', 'people') }}
where record_id is not null
