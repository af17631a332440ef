{#-
    What two spellings of one name have in common, from name_words(): no leading or closing `the`, no `and` (in any of the
    languages it is usually written in) between words, no blanks, so that Data Works is Dataworks.
-#}
{% macro name_key(words) -%}
    regexp_replace(
        regexp_replace(
            regexp_replace({{ words }}, '^the | the$', '', 'g'),
            ' (?:&|\+|and|und|et|y|e|og|och|en) ', ' ', 'g'
        ),
        '[ &+]', '', 'g'
    )
{%- endmacro %}
