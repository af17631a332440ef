{{ config(enabled=is_source_enabled('generic')) }}

{{ stage_canonical('reps', key=['rep_id']) }}
