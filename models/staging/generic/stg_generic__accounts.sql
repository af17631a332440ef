{{ config(enabled=is_source_enabled('generic')) }}

{{ stage_canonical('accounts', key=['account_id']) }}
