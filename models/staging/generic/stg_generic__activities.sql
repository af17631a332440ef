{{ config(enabled=is_source_enabled('generic', 'activities')) }}

{{ stage_canonical('activities', key=['activity_id'], required=['record_id', 'activity_type', 'occurred_at']) }}
