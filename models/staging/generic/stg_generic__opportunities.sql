{{ config(enabled=is_source_enabled('generic', 'opportunities')) }}

{{ stage_canonical('opportunities', key=['opportunity_id']) }}
