{{ config(enabled=is_source_enabled('hubspot')) }}

{{ reminders_of('hubspot') }}
