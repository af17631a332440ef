{#-
    Fails for each clock that has no due instant, no calendar, or seconds that cannot be: negative, or more of them open
    than passed. The laws of fct_handoff_sla in one pass.
-#}
{% test every_clock_is_whole(model) %}

select *
from {{ model }}
where
    due_at is null
    or calendar_id is null
    or business_seconds is null
    or business_seconds < 0
    or business_seconds > elapsed_seconds
    or paused_seconds is null
    or paused_seconds < 0
    or counted_seconds <> business_seconds - paused_seconds
    or counted_seconds < 0
    or due_at < started_at
    or target_seconds is null
    or sla_status is null
    or (stopped_at is not null and stopped_at < started_at)
    or (sla_status in ('met', 'open_on_track', 'open_at_risk') and read_at > due_at and counted_seconds > target_seconds)

{% endtest %}
