{#- Unicode text in its composed form (NFC): a letter and its accent as one character, so that equal texts are equal. -#}
{% macro composed_letters(value) -%} {{ adapter.dispatch('composed_letters', 'handoff')(value) }} {%- endmacro %}

{% macro default__composed_letters(value) -%} nfc_normalize({{ value }}) {%- endmacro %}

{% macro postgres__composed_letters(value) -%} normalize({{ value }}, nfc) {%- endmacro %}
