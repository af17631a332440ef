{#-
    Landed text as a DOUBLE, NULL where it is no number; never an error. Thousands may be parted by commas.
    Ranges and words (`50-100`, `many`) are no numbers.
-#}
{% macro parse_number(text) -%} {{ number_or_null("replace(" ~ text ~ ", ',', '')") }} {%- endmacro %}
