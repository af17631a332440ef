{#-
    True where a rule row's condition holds for a value. One place for what an operator means:
      equals, not_equals        the same text
      in, not_in                one of the texts of a list parted by |
      contains, starts_with     a part, the beginning
      word                      a whole word (or phrase) somewhere in the text
      matches                   a regular expression, anywhere in the text
      at_least, below           numbers: >= and <
      is_present, is_missing    there is a value, there is none
    Text is compared in lower case. A missing value satisfies only is_missing, and NULL never escapes.
    value_text: lower-case text. value_number: the same as a number, or NULL. operator, rule_value: the rule row's.
-#}
{% macro rule_applies(value_text, value_number, operator, rule_value) -%}
    coalesce(
        case {{ operator }}
            when 'equals' then {{ value_text }} = lower({{ rule_value }})
            when 'not_equals' then {{ value_text }} <> lower({{ rule_value }})
            when 'in' then strpos('|' || lower({{ rule_value }}) || '|', '|' || {{ value_text }} || '|') > 0
            when 'not_in' then strpos('|' || lower({{ rule_value }}) || '|', '|' || {{ value_text }} || '|') = 0
            when 'contains' then strpos({{ value_text }}, lower({{ rule_value }})) > 0
            when 'starts_with' then {{ value_text }} like replace(replace(replace(lower({{ rule_value }}), '\', '\\'), '%', '\%'), '_', '\_') || '%' escape '\'
            when 'word' then strpos(
                ' ' || {{ handoff.words_of(value_text) }} || ' ', ' ' || lower({{ rule_value }}) || ' '
            ) > 0
            when 'matches' then {{ handoff.matches_pattern(value_text, rule_value) }}
            when 'at_least' then {{ value_number }} >= cast({{ rule_value }} as double)
            when 'below' then {{ value_number }} < cast({{ rule_value }} as double)
            when 'is_present' then {{ value_text }} is not null
            when 'is_missing' then {{ value_text }} is null
        end,
        false
    )
{%- endmacro %}
