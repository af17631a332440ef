{{ config(enabled=is_source_enabled('generic', 'accounts')) }}

{{ stage_canonical('accounts', key=['account_id']) }}
