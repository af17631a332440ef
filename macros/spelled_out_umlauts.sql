{#- The text in lower case with umlauts and Nordic vowels as two letters, as they are written where keys are missing: Müller is mueller. -#}
{% macro spelled_out_umlauts(value_text) -%} {{ adapter.dispatch('spelled_out_umlauts', 'handoff')(value_text) }} {%- endmacro %}

{% macro default__spelled_out_umlauts(value_text) -%}
    replace(replace(replace(replace(replace(lower(nfc_normalize({{ value_text }})),
        'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'å', 'aa'), 'ø', 'oe')
{%- endmacro %}

{% macro postgres__spelled_out_umlauts(value_text) -%}
    replace(replace(replace(replace(replace(lower(normalize({{ value_text }}, nfc)),
        'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'å', 'aa'), 'ø', 'oe')
{%- endmacro %}
