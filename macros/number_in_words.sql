{#- A number as a reader writes it: 3 rather than 3.0, 12.5 as it is, none where there is no number. -#}
{% macro number_in_words(number) -%}
    coalesce(
        case
            when {{ number }} = floor({{ number }})
                then cast(cast({{ number }} as bigint) as {{ dbt.type_string() }})
            else cast(cast({{ number }} as numeric(18, 2)) as {{ dbt.type_string() }})
        end,
        'none'
    )
{%- endmacro %}
