{{ config(enabled=is_source_enabled('generic', 'reps')) }}

{{ stage_canonical('reps', key=['rep_id']) }}
