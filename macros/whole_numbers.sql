{#- A select of the whole numbers from 0 below 10 to the power of digits, in one column: number. -#}
{% macro whole_numbers(digits) -%}
    {%- set places = [] -%}
    {%- for place in range(digits) -%} {%- do places.append('digit_' ~ place ~ '.digit * ' ~ 10 ** place) -%} {%- endfor -%}
    select cast({{ places | join(' + ') }} as integer) as number
    from
        {%- for place in range(digits) %}
        (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as digit_{{ place }} (digit)
        {%- if not loop.last %}
        cross join{% endif %}
        {%- endfor %}
{%- endmacro %}
