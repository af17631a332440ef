{#-
    What staging must know of a landed row to say where it ends, as columns of a select over landed_rows().
    key: the columns that make the row's key. timestamps, numbers, booleans: landed columns that must parse.
    required: landed columns beside the key without which the row says nothing.
    changed_at: expression (UTC timestamp) by which the newer of two rows of one key is told, or none.
    is_merged, is_deleted: conditions. note: expression, a reason code to keep on a current row, or none.
    contents: the landed columns that make two rows of one key the same.
-#}
{% macro row_facts(key, required=[], timestamps=[], numbers=[], booleans=[], changed_at=none, is_merged='false', is_deleted='false', note=none, contents=[]) -%}
    source_row_number,
    row_problem,
    {% if key | length == 1 -%}
    {{ key[0] }} as row_key,
    {%- else -%}
    case
        when {% for column in key %}{{ column }} is not null{% if not loop.last %} and {% endif %}{% endfor %}
            then {% for column in key %}length({{ column }}) || ':' || {{ column }}{% if not loop.last %} || '|' || {% endif %}{% endfor %}
    end as row_key,
    {%- endif %}
    (
        {%- for column in required %}
        {{ column }} is null{% if not loop.last %} or{% endif %}
        {%- else %}
        false
        {%- endfor %}
    ) as has_null_required,
    (
        {%- for column in timestamps %}
        ({{ column }} is not null and {{ parse_timestamp(column) }} is null){% if not loop.last %} or{% endif %}
        {%- else %}
        false
        {%- endfor %}
    ) as has_bad_timestamp,
    (
        {%- for column in timestamps %}
        coalesce(extract(year from {{ parse_timestamp(column) }}) not between 1900 and 2200, false){% if not loop.last %} or{% endif %}
        {%- else %}
        false
        {%- endfor %}
    ) as has_year_out_of_range,
    (
        {%- for column in numbers %}
        ({{ column }} is not null and {{ parse_number(column) }} is null){% if not loop.last %} or{% endif %}
        {%- else %}
        false
        {%- endfor %}
    ) as has_bad_number,
    (
        {%- for column in booleans %}
        ({{ column }} is not null and {{ parse_boolean(column) }} is null){% if not loop.last %} or{% endif %}
        {%- else %}
        false
        {%- endfor %}
    ) as has_bad_boolean,
    {% if changed_at %}{{ changed_at }}{% else %}cast(null as timestamp){% endif %} as row_changed_at,
    {{ parse_timestamp('fivetran_synced') }} as row_synced_at,
    coalesce({{ parse_boolean('fivetran_active') }} = false, false) as is_inactive_version,
    coalesce({{ is_merged }}, false) as is_merged_row,
    coalesce({{ is_deleted }}, false) or coalesce({{ parse_boolean('fivetran_deleted') }}, false) as is_deleted_row,
    {% if note %}{{ note }}{% else %}cast(null as varchar){% endif %} as row_note,
    {{ key_of(contents or key) }} as row_contents
{%- endmacro %}
