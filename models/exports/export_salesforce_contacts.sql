{{ config(enabled=is_source_enabled('salesforce')) }}

{{ reminders_of('salesforce', 'contact') }}
