{#- The text in lower case with accents taken off and joined letters written out: Straße is strasse, Łódź lodz, Ørsted orsted. -#}
{% macro folded_letters(value_text) -%} {{ adapter.dispatch('folded_letters', 'handoff')(value_text) }} {%- endmacro %}

{% macro default__folded_letters(value_text) -%}
    strip_accents(
        replace(replace(replace(replace(
            translate(lower(nfc_normalize({{ value_text }})), 'øłđðıħŧ', 'olddiht'),
            'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th')
    )
{%- endmacro %}

{% macro postgres__folded_letters(value_text) -%}
    regexp_replace(
        normalize(
            replace(replace(replace(replace(
                translate(lower(normalize({{ value_text }}, nfc)), 'øłđðıħŧ', 'olddiht'),
                'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
            nfd
        ),
        '[\u0300-\u036f]', '', 'g'
    )
{%- endmacro %}
