{{ config(enabled=is_source_enabled('generic')) }}

{{ stage_canonical('rep_absences', key=['rep_id', 'absent_from'], required=['absent_until']) }}
