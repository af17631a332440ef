{#-
    Aggregate: the value that is not NULL and has the lowest rank; NULL where there is none.
    rank: a number without ties inside the group, so that the answer never depends on the order of arrival.
-#}
{% macro first_present(value, rank) -%} {{ adapter.dispatch('first_present', 'handoff')(value, rank) }} {%- endmacro %}

{% macro default__first_present(value, rank) -%}
    min_by({{ value }}, {{ rank }}) filter (where {{ value }} is not null)
{%- endmacro %}

{% macro postgres__first_present(value, rank) -%}
    (array_agg({{ value }} order by {{ rank }}) filter (where {{ value }} is not null))[1]
{%- endmacro %}
