{#-
    True where one domain is the other mistyped: one letter more, less, other or swapped with its neighbour, the last label
    aside (acme.co is no slip of acme.com), in names long enough for that to mean something. NULL where either is NULL.
-#}
{% macro is_a_slip_of(domain, other_domain) -%} {{ adapter.dispatch('is_a_slip_of', 'handoff')(domain, other_domain) }} {%- endmacro %}

{% macro default__is_a_slip_of(domain, other_domain) -%}
    (
        length({{ domain }}) >= 8
        and split_part({{ domain }}, '.', -1) = split_part({{ other_domain }}, '.', -1)
        and damerau_levenshtein({{ domain }}, {{ other_domain }}) = 1
    )
{%- endmacro %}

{% macro postgres__is_a_slip_of(domain, other_domain) -%}
    (
        length({{ domain }}) >= 8
        and split_part({{ domain }}, '.', -1) = split_part({{ other_domain }}, '.', -1)
        and levenshtein({{ domain }}, {{ other_domain }}) = 1
    )
{%- endmacro %}
