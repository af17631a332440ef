{#-
    Landed text as a DOUBLE, NULL where it is no number; never an error. Only what is written as a number counts: digits,
    a sign, a decimal point, an exponent, and commas that part whole thousands (`1,000`). `1,5`, `$5`, `50-100`, `nan`
    and `many` are no numbers; what has no unit of its own is not guessed at. Nor is anything of 15 digits or more,
    which no column here can hold exactly.
-#}
{% macro parse_number(text) -%}
    case
        when {{ handoff.matches_pattern(text, "'^[+-]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)([.][0-9]*)?([eE][+-]?[0-9]{1,3})?$'") }}
            and abs({{ handoff.number_or_null("replace(" ~ text ~ ", ',', '')") }}) < 1e15
            then {{ handoff.number_or_null("replace(" ~ text ~ ", ',', '')") }}
    end
{%- endmacro %}
