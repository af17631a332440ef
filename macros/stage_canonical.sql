{#-
    The whole staging of one table of the `generic` input, whose columns are the canonical ones already: text typed by
    the entity's declared types, every row judged.
    entity: a table of the data contract's section 2. key: the columns that make its key. required: columns
    beside the key without which a row says nothing. changed_at: landed column by
    which the newer of two rows of one key is told. is_merged: condition on landed columns.
-#}
{% macro stage_canonical(entity, key, required=[], changed_at=none, is_merged='false') -%}
{%- set qualified = ['account_id', 'parent_account_id', 'converted_account_id', 'owner_id', 'rep_id', 'manager_id',
    'old_owner_id', 'new_owner_id', 'opportunity_id', 'converted_opportunity_id', 'campaign_id'] -%}
{%- set false_when_silent = ['is_deleted', 'is_email_opt_out', 'is_automation', 'is_automated', 'is_bot', 'is_primary', 'is_won'] -%}
{%- set true_when_silent = ['is_active'] -%}
{%- set landed_names = [] -%}
{%- if execute -%}
    {%- for column in declared_columns('generic', entity) -%} {%- do landed_names.append(column.name) -%} {%- endfor -%}
{%- endif -%}
{%- set columns = canonical_columns(entity) -%}
{%- set timestamps = [] -%} {%- set numbers = [] -%} {%- set booleans = [] -%} {%- set names = [] -%}
{%- for column in columns -%}
    {%- do names.append(column.name) -%}
    {%- if column.name in landed_names -%}
        {%- if column.type in ('timestamp', 'date') -%} {%- do timestamps.append(column.name) -%}
        {%- elif column.type == 'boolean' -%} {%- do booleans.append(column.name) -%}
        {%- elif column.type != 'varchar' -%} {%- do numbers.append(column.name) -%}
        {%- endif -%}
    {%- endif -%}
{%- endfor -%}
with

landed as (

    {{ landed_rows('generic', entity) }}

),

typed as (

    select
        {{ row_facts(
            key=key,
            required=required,
            timestamps=timestamps,
            numbers=numbers,
            booleans=booleans,
            changed_at=parse_timestamp(changed_at) if changed_at else none,
            is_merged=is_merged,
            is_deleted=parse_boolean('is_deleted') if 'is_deleted' in landed_names else 'false',
            contents=landed_names,
        ) }},
        {%- for column in columns %}
        {% if column.name == 'record_key' -%}
        case when record_id is not null then {{ key_of(["'generic'", 'record_id']) }} end
        {%- elif column.name == 'other_record_key' -%}
        case when other_record_id is not null then {{ key_of(['lower(other_source_system)', 'other_record_id']) }} end
        {%- elif column.name.endswith('_precision') and column.name | replace('_precision', '') in landed_names -%}
        {{ precision_of(column.name | replace('_precision', '')) }}
        {%- elif column.name not in landed_names -%}
        cast(null as {{ column.type }})
        {%- elif column.type == 'timestamp' -%}
        {{ parse_timestamp(column.name) }}
        {%- elif column.type == 'date' -%}
        cast({{ parse_timestamp(column.name) }} as date)
        {%- elif column.type == 'boolean' and column.name in false_when_silent -%}
        coalesce({{ parse_boolean(column.name) }}, false)
        {%- elif column.type == 'boolean' and column.name in true_when_silent -%}
        coalesce({{ parse_boolean(column.name) }}, true)
        {%- elif column.type == 'boolean' -%}
        {{ parse_boolean(column.name) }}
        {%- elif column.type != 'varchar' -%}
        try_cast({{ parse_number(column.name) }} as {{ column.type }})
        {%- elif column.name == 'email' -%}
        lower(email)
        {%- elif column.name == 'activity_type' or column.name == 'touch_type' or column.name == 'record_type' -%}
        {{ snake_case(column.name) }}
        {%- elif column.name in qualified -%}
        {{ qualified_id('generic', column.name) }}
        {%- else -%}
        {{ column.name }}
        {%- endif %} as {{ column.name }}{% if not loop.last %},{% endif %}
        {%- endfor %}
    from landed

)

{{ judged_rows('typed', 'generic', entity, names) }}
{%- endmacro %}
