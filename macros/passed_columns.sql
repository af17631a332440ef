{#-
    Names of the columns that the `passthrough_columns` var carries through an entity's staging, over all vendors that
    are switched on, each once and in order. A name that the entity has already is not among them; one to which the
    marts give a meaning of their own is refused. Rules may ask about those of people by name, about those of their accounts as
    `account_<name>`.
    given_by: only those of this feed (an entry of staging_of). A model composed of several tables carries those of the table
    whose rows it judges, or none.
-#}
{% macro passed_columns(entity, given_by=none) -%}
    {%- set names = [] -%}
    {%- set own = handoff.canonical_columns(entity) | map(attribute='name') | list -%}
    {%- set wanted = var('passthrough_columns', {}) -%}
    {%- for feed in ([given_by] if given_by else handoff.staging_of(entity)) if feed.model.startswith('stg_') or feed.model.endswith('judged') -%}
        {%- for name in wanted.get(feed.vendor, {}).get(feed.table, []) if name | lower not in own + names -%}
            {%- if name | lower in handoff.names_of_the_marts(entity) -%}
                {%- do exceptions.raise_compiler_error(
                    'passthrough_columns: ' ~ feed.vendor ~ '.' ~ feed.table ~ ' names ' ~ name | lower
                    ~ ', which the marts give a meaning of their own'
                ) -%}
            {%- endif -%}
            {%- do names.append(name | lower) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(names) }}
{%- endmacro %}

{#-
    What rules may ask of a person's account beyond what every company has: `account_<name>` for each column that passes
    through accounts. {attribute: column}. One that a person has already is refused.
-#}
{% macro passed_account_attributes() -%}
    {%- set attributes = {} -%}
    {%- for name in handoff.passed_columns('accounts') -%}
        {%- if 'account_' ~ name in handoff.names_of_the_marts('people') + handoff.passed_columns('people') -%}
            {%- do exceptions.raise_compiler_error(
                'passthrough_columns: ' ~ name ~ ' of accounts would be asked about as account_' ~ name
                ~ ', which a person has already'
            ) -%}
        {%- endif -%}
        {%- do attributes.update({'account_' ~ name: name}) -%}
    {%- endfor -%}
    {{ return(attributes) }}
{%- endmacro %}

{#- Columns that the marts make of an entity and its vendor does not have. -#}
{% macro names_of_the_marts(entity) -%}
    {{ return({
        'people': handoff.person_attribute_names() + [
            'person_id', 'account_match_method', 'account_match_confidence', 'exclusion_reason', 'created_at_source',
            'customer_since', 'is_reachable', 'is_company_email', 'is_merged', 'is_survivor', 'is_test_record',
            'account_owner_id', 'record_rank', 'strategy_list', 'is_personal', 'is_company_domain', 'source_system',
        ],
        'accounts': [
            'ultimate_parent_account_id', 'hierarchy_depth', 'is_in_parent_ring', 'segment', 'customer_since',
            'is_customer', 'source_system',
        ],
        'opportunities': [
            'corporate_amount', 'sourced_mql_id', 'source_system', 'surely_created_at', 'born_at', 'born_at_precision',
        ],
        'campaigns': ['source_system', 'channel'],
    }.get(entity, [])) }}
{%- endmacro %}

{#-
    After a mart of a fixed contract is built: gives it a text column for each that passes through.
    relation: the mart. source: relation that has them. key: column that both have, one row of each.
-#}
{% macro add_passed_columns(relation, entity, source, key) -%}
    {%- for name in handoff.passed_columns(entity) %}
    alter table {{ relation }} add column {{ adapter.quote(name) }} {{ dbt.type_string() }};
    {%- endfor %}
    {%- if handoff.passed_columns(entity) %}
    update {{ relation }} as mart set
        {%- for name in handoff.passed_columns(entity) %}
        {{ adapter.quote(name) }} = source.{{ adapter.quote(name) }}{% if not loop.last %},{% endif %}
        {%- endfor %}
    from {{ source }} as source
    where source.{{ key }} = mart.{{ key }};
    {%- endif %}
{%- endmacro %}
