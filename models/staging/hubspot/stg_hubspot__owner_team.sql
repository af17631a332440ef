{{ config(enabled=is_source_enabled('hubspot')) }}

{{ stage_as_declared('hubspot', 'owner_team', key=['owner_id', 'team_id']) }}
