{#- What the sources YAML declares of a landed table: list of {name, type, is_required, also_named}. -#}
{% macro declared_columns(source_system, table) -%}
    {%- set columns = [] -%}
    {%- if execute -%}
        {%- for node in graph.sources.values() if node.source_name == source_system and node.name == table -%}
            {%- for column in node.columns.values() -%}
                {%- set meta = column.config.meta if column.config is defined and column.config.meta else column.meta -%}
                {%- do columns.append({
                    'name': column.name,
                    'type': column.data_type or 'varchar',
                    'is_required': meta.get('is_required', false),
                    'is_past': meta.get('is_past', false),
                    'also_named': meta.get('also_named', []),
                }) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(columns) }}
{%- endmacro %}

{#-
    Which of the wanted columns landed, and under which name: {wanted name: quoted name}, `_row_number` among them. Raises
    an error where a required one did not. existing: the landed relation, or none where the table did not land.
-#}
{% macro found_columns(source_system, table, columns, existing) -%}
    {%- set found = {} -%}
    {%- if execute and existing is none -%}
        {%- do handoff.refuse_missing_people(source_system, table) -%}
    {%- elif execute -%}
        {%- set names = {} -%}
        {%- set variants = {} -%}
        {%- for column in adapter.get_columns_in_relation(existing) -%}
            {%- set parts = modules.re.fullmatch('(.+)__v_[a-z]+', column.name | lower) -%}
            {%- if parts -%}
                {%- do variants.setdefault(handoff.plain_name(parts.group(1)), []).append(adapter.quote(column.name)) -%}
            {%- elif handoff.plain_name(column.name) not in names -%}
                {%- do names.update({handoff.plain_name(column.name): adapter.quote(column.name)}) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- for column in columns + [{'name': '_row_number', 'also_named': []}] -%}
            {%- for name in [column.name] + column.also_named if column.name not in found -%}
                {%- set plain = handoff.plain_name(name) -%}
                {%- set values = ([names[plain]] if plain in names else []) + variants.get(plain, []) -%}
                {%- if values | length == 1 -%}
                    {%- do found.update({column.name: values[0]}) -%}
                {%- elif values -%}
                    {%- do found.update({
                        column.name: 'coalesce(cast(' ~ values | join(' as varchar), cast(') ~ ' as varchar))'
                    }) -%}
                {%- endif -%}
            {%- endfor -%}
            {%- if column.is_required and column.name not in found -%}
                {%- do exceptions.raise_compiler_error(
                    source_system ~ '.' ~ table ~ ' has no column ' ~ column.name ~ ', which is required; found: '
                    ~ names.values() | join(', ')
                ) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(found) }}
{%- endmacro %}

{#- How names of landed columns are compared: without case, underscores, blanks and hyphens. -#}
{% macro plain_name(name) -%}
    {{ return(name | lower | replace('_', '') | replace(' ', '') | replace('-', '')) }}
{%- endmacro %}

{#-
    Stops the run where none of a vendor's tables of people landed, though others did: marts without people would look
    like a quiet month. Before anything at all has landed (a first `dbt compile`) there is nothing to refuse.
-#}
{% macro refuse_missing_people(source_system, table) -%}
    {%- set people_tables = [] -%}
    {%- set landed = [] -%}
    {%- for node in graph.sources.values() if node.source_name == source_system -%}
        {%- if node.name in (node.source_meta or {}).get('people_tables', []) -%}
            {%- do people_tables.append(node.name) -%}
        {%- endif -%}
        {%- if load_relation(handoff.landed_relation(source_system, node.name)) is not none -%} {%- do landed.append(node.name) -%} {%- endif -%}
    {%- endfor -%}
    {%- if table in people_tables and landed and not (landed | select('in', people_tables) | list) -%}
        {%- do exceptions.raise_compiler_error(
            source_system ~ ' has no table of people: expected ' ~ people_tables | join(' or ') ~ ', found: '
            ~ landed | sort | join(', ')
        ) -%}
    {%- endif -%}
{%- endmacro %}
