{{ config(enabled=is_source_enabled('pardot')) }}

{{ reminders_of('pardot') }}
