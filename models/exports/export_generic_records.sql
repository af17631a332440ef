{{ config(enabled=is_source_enabled('generic')) }}

{{ reminders_of('generic') }}
