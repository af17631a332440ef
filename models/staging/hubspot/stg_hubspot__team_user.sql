{{ config(enabled=is_source_enabled('hubspot')) }}

{{ stage_as_declared('hubspot', 'team_user', key=['user_id', 'team_id']) }}
