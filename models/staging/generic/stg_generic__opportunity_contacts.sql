{{ config(enabled=is_source_enabled('generic')) }}

{{ stage_canonical('opportunity_contacts', key=['opportunity_id', 'record_id']) }}
