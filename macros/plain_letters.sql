{#-
    What is left of a name when case, accents, blanks and punctuation go (`O'Néil-Smith` is oneilsmith); NULL where
    nothing is left. Letters of other scripts stay.
-#}
{% macro plain_letters(name) -%} {{ adapter.dispatch('plain_letters', 'handoff')(name) }} {%- endmacro %}

{% macro default__plain_letters(name) -%}
    nullif(regexp_replace({{ handoff.folded_letters(name) }}, '[^\p{L}]', '', 'g'), '')
{%- endmacro %}

{% macro postgres__plain_letters(name) -%}
    nullif(regexp_replace({{ handoff.folded_letters(name) }}, '[^[:alpha:]]', '', 'g'), '')
{%- endmacro %}
