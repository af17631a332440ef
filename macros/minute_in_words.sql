{#- An instant as a reader of UTC writes it, to the minute: 2026-06-30 18:00 UTC; NULL for NULL. -#}
{% macro minute_in_words(moment) -%}
    substr(cast({{ moment }} as {{ dbt.type_string() }}), 1, 16) || ' UTC'
{%- endmacro %}
