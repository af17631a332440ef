-- Grain: landed row of whatever table, as its staging judged it, with the keys by which it names a person or account.
{%- set of_a_record = [
    'activities', 'status_changes', 'assignments', 'touches', 'opportunity_contacts', 'campaign_members',
    'field_changes',
] -%}
{% for feed in every_staging_model() %}
    select
        source_system,
        source_table,
        source_row_number,
        row_key,
        disposition,
        reason_codes,
        {{ 'record_key' if feed.entity == 'people' else 'cast(null as varchar)' }} as person_record_key,
        {% set is_of_a_record = feed.entity in of_a_record or parent_links(feed.vendor, feed.table, 'person') -%}
        {{ 'record_key' if is_of_a_record else 'cast(null as varchar)' }} as parent_record_key,
        {{ 'account_id' if feed.entity == 'accounts' else 'cast(null as varchar)' }} as own_account_id,
        {{ 'parent_account_id' if feed.entity == 'accounts' else 'cast(null as varchar)' }} as parent_account_id
    from {{ ref(feed.model) }}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
