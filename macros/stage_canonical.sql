{#-
    The whole staging of one table of the `generic` input, whose columns are the canonical ones already: every row typed
    and judged.
    entity: a table of the data contract's section 2. key: the columns that make its key. required: columns beside the
    key without which a row says nothing. changed_at: column by which the newer of two rows of one key is told.
    is_merged: condition. notes: {reason code: condition}, what is odd about a row that is used all the same.
-#}
{% macro stage_canonical(entity, key, required=[], changed_at=none, is_merged='false', notes={}) -%}
{%- set ids = [
    'account_id', 'parent_account_id', 'converted_account_id', 'owner_id', 'rep_id', 'manager_id', 'old_owner_id',
    'new_owner_id', 'opportunity_id', 'converted_opportunity_id', 'campaign_id', 'changed_by',
] -%}
{%- set false_when_silent = [
    'is_deleted', 'is_email_opt_out', 'is_automation', 'is_automated', 'is_bot', 'is_primary', 'is_won',
] -%}
{%- set names = handoff.declared_columns('generic', entity) | map(attribute='name') | list -%}
{%- set columns = handoff.canonical_columns(entity) -%}
with

landed as (

    {{ handoff.landed_rows('generic', entity) }}

),

typed as (

    select
        {{ handoff.row_facts(
            'generic',
            entity,
            key=key,
            required=required,
            changed_at=changed_at,
            is_merged=is_merged,
            is_deleted='is_deleted' if 'is_deleted' in names else 'false',
            notes=notes,
        ) }},
        {%- for column in columns %}
        {% if column.name == 'record_key' -%}
        case when record_id is not null then {{ handoff.key_of(["'generic'", 'record_id']) }} end
        {%- elif column.name == 'other_record_key' -%}
        case when other_record_id is not null then {{ handoff.key_of(['lower(other_source_system)', 'other_record_id']) }} end
        {%- elif column.name not in names and not column.name.endswith('_precision') -%}
        cast(null as {{ column.type }})
        {%- elif column.name in false_when_silent -%}
        coalesce({{ column.name }}, false)
        {%- elif column.name == 'is_active' -%}
        coalesce({{ column.name }}, true)
        {%- elif column.name == 'email' -%}
        lower(email)
        {%- elif column.name in ('activity_type', 'touch_type', 'record_type') -%}
        {{ handoff.snake_case(handoff.without_address(column.name, 'none')) }}
        {%- elif column.name in ids -%}
        {{ handoff.qualified_id('generic', column.name) }}
        {%- else -%}
        {{ column.name }}
        {%- endif %} as {{ column.name }}{% if not loop.last %},{% endif %}
        {%- endfor %}
    from landed

)

{{ handoff.judged_rows('typed', 'generic', entity, columns) }}
{%- endmacro %}
