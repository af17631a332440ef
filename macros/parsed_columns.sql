{#- The value, of its declared type, that the text of a landed column stands for; NULL where it stands for none. -#}
{% macro parsed(column) -%}
    {%- if column.type == 'timestamp' -%} {{ handoff.parse_timestamp(column.name) }}
    {%- elif column.type == 'date' -%} cast({{ handoff.parse_timestamp(column.name) }} as date)
    {%- elif column.type == 'boolean' -%} {{ handoff.parse_boolean(column.name) }}
    {%- elif column.type == 'bigint' -%} {{ handoff.parse_integer(column.name) }}
    {%- else -%} {{ handoff.parse_amount(column.name) }}
    {%- endif -%}
{%- endmacro %}

{#- True where one of the columns has text that gave no value. -#}
{% macro any_unparsed(columns) -%}
    {%- if columns -%}
        (
            {%- for column in columns %}
            ({{ column.name }} is null and {{ column.name }}_text is not null)
            {%- if not loop.last %} or{% endif %}
            {%- endfor %}
        )
    {%- else -%} false
    {%- endif -%}
{%- endmacro %}

{#- True where one of the times lies where no CRM has been or will be. -#}
{% macro any_year_out_of_range(columns) -%}
    {%- if columns -%}
        (
            {%- for column in columns %}
            coalesce(extract(year from {{ column.name }}) not between 1900 and 2200, false)
            {%- if not loop.last %} or{% endif %}
            {%- endfor %}
        )
    {%- else -%} false
    {%- endif -%}
{%- endmacro %}

{#- True where one of the times, which can only be past, lies after what was landed could have happened. -#}
{% macro any_in_future(columns) -%}
    {%- if columns -%}
        (
            {%- for column in columns %}
            coalesce({{ column.name }} > {{ handoff.landing_horizon() }}, false)
            {%- if not loop.last %} or{% endif %}
            {%- endfor %}
        )
    {%- else -%} false
    {%- endif -%}
{%- endmacro %}
