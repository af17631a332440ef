-- Grain: scoring model. The limits and half-lives of all its groups side by side; a place that is empty limits nothing,
-- and so does a limit that is not set: no sum of points reaches a thousand million.
with

scoring_models as (

    select * from {{ ref('stg_rules__scoring_models') }}

),

groups_slotted as (

    select * from {{ ref('int_engagement_groups_slotted') }}

)

select
    scoring_models.scoring_model,
    scoring_models.model_status,
    case when scoring_models.model_status = 'draft' then {{ since_ever() }} else scoring_models.effective_from end
        as effective_from,
    case when scoring_models.model_status = 'draft' then {{ open_end() }} else scoring_models.effective_until end
        as effective_until,
    {%- for slot in engagement_slots() %}
        coalesce(max(case when groups_slotted.slot_number = {{ slot }} then groups_slotted.floor_points end), -1e9)
            as floor_points_{{ slot }},
        coalesce(max(case when groups_slotted.slot_number = {{ slot }} then groups_slotted.cap_points end), 1e9)
            as cap_points_{{ slot }},
        coalesce(max(case when groups_slotted.slot_number = {{ slot }} then groups_slotted.half_life_days end), 1)
            as half_life_days_{{ slot }}{% if not loop.last %},{% endif %}
    {%- endfor %}
from scoring_models
left join groups_slotted
    on scoring_models.scoring_model = groups_slotted.scoring_model
group by
    scoring_models.scoring_model,
    scoring_models.model_status,
    scoring_models.effective_from,
    scoring_models.effective_until
