{{ config(enabled=is_source_enabled('generic', 'rep_absences')) }}

{{ stage_canonical('rep_absences', key=['rep_id', 'absent_from'], required=['absent_until']) }}
