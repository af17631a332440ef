{#-
    How exactly landed text gives a time: exact, or day where there is no time of day; NULL where there is no text. Thirteen
    digits are milliseconds.
-#}
{% macro precision_of(text) -%}
    case
        when {{ text }} is null then null
        when strpos({{ text }}, ':') > 0 or length({{ text }}) = 13 then 'exact'
        else 'day'
    end
{%- endmacro %}
