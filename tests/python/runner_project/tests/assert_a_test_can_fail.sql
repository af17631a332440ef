select person_id from {{ ref('dim_person') }} where {{ var('break_a_test') }}
