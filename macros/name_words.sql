{#-
    The words of a name or place that went through folded_letters(), parted by single blanks: no punctuation but `&` and `+` (each
    a word), initials together (`S.A. de C.V.` is sa de cv, `A.P. Møller` ap moller), apostrophes gone. '' where none is left.
-#}
{% macro name_words(folded) -%} {{ adapter.dispatch('name_words', 'handoff')(folded) }} {%- endmacro %}

{% macro default__name_words(folded) -%}
    trim(regexp_replace(
        -- single letters are marked, then what lies between two marks goes; doubled blanks let each be found by itself
        regexp_replace(regexp_replace(
            regexp_replace(
                regexp_replace(
                    regexp_replace({{ folded }}, '[''’‘`´ʼ]', '', 'g'),
                    '([&+])|[^\p{L}\p{M}\p{N}&+]+', '  \1  ', 'g'
                ),
                '(^| )([a-z\p{Greek}\p{Cyrillic}])( |$)', '\1<\2>\3', 'g'
            ),
            '> +<', '', 'g'
        ), '[<>]', '', 'g'),
        ' +', ' ', 'g'
    ))
{%- endmacro %}

{% macro postgres__name_words(folded) -%}
    trim(regexp_replace(
        regexp_replace(regexp_replace(
            regexp_replace(
                regexp_replace(
                    regexp_replace({{ folded }}, '[''’‘`´ʼ]', '', 'g'),
                    '([&+])|[^[:alnum:]&+]+', '  \1  ', 'g'
                ),
                '(^| )([a-zα-ωа-я])( |$)', '\1<\2>\3', 'g'
            ),
            '> +<', '', 'g'
        ), '[<>]', '', 'g'),
        ' +', ' ', 'g'
    ))
{%- endmacro %}
