{#-
    Fails for each row whose window [from, until) is empty or begins before another of the same group has ended. One pass.
    group_by: columns that make rows rivals; NULL is a value of its own. where: which rows count.
    from_column, until_column: the window's ends; neither may be NULL.
-#}
{% test windows_do_not_overlap(
    model, group_by, where='true', from_column='effective_from', until_column='effective_until'
) %}

with

windows as (

    select
        {{ group_by | join(', ') }},
        {{ from_column }},
        {{ until_column }},
        max({{ until_column }}) over (
            partition by {{ group_by | join(', ') }}
            order by {{ from_column }}, {{ until_column }}
            rows between unbounded preceding and 1 preceding
        ) as latest_end_before
    from {{ model }}
    where {{ where }}

)

select *
from windows
where
    {{ from_column }} is null
    or {{ until_column }} is null
    or {{ from_column }} >= {{ until_column }}
    or {{ from_column }} < latest_end_before

{% endtest %}
