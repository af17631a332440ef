{{ config(enabled=is_source_enabled('marketo')) }}

{{ reminders_of('marketo') }}
