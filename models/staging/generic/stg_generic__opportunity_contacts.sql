{{ config(enabled=is_source_enabled('generic', 'opportunity_contacts')) }}

{{ stage_canonical('opportunity_contacts', key=['opportunity_id', 'record_id']) }}
