{{ config(enabled=var('publish_pii')) }}

select record_id as person_id, email
from {{ source('generic', 'people') }}
where record_id is not null
