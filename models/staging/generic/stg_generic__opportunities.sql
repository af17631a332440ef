{{ config(enabled=is_source_enabled('generic')) }}

{{ stage_canonical('opportunities', key=['opportunity_id']) }}
