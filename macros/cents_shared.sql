{#-
    A whole amount shared among rows by a number of each, in cents that add up to it: each gets the rounded sum to its
    place less that of the place before. amount: the same in every row of a share. weight: whole number; the rows' sum
    must not be 0. partition, order: lists of columns; the order must be total.
-#}
{% macro cents_shared(amount, weight, partition, order) -%}
    {%- set whole = 'sum(' ~ weight ~ ') over (partition by ' ~ partition | join(', ') ~ ')' -%}
    {%- set so_far = 'sum(' ~ weight ~ ') over (partition by ' ~ partition | join(', ') ~ ' order by '
        ~ order | join(', ') ~ ' rows between unbounded preceding and current row)' -%}
    cast(
        round({{ amount }} * cast({{ so_far }} as double) / {{ whole }}, 2)
        - round({{ amount }} * cast({{ so_far }} - {{ weight }} as double) / {{ whole }}, 2) as numeric(18, 2)
    )
{%- endmacro %}
