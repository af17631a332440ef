{#-
    Fails for each interval that is empty, or does not begin where the one before it in its group ended (a gap or an
    overlap), and for each group without exactly one open interval where `one_open_per` names the group's columns.
    group_by: columns within which intervals follow one another. One pass over valid_from, valid_until.
-#}
{% test intervals_are_gapless(model, group_by, one_open_per=[]) %}

with

intervals as (

    select
        {{ group_by | join(', ') }},
        valid_from,
        valid_until,
        lag(valid_until) over (
            partition by {{ group_by | join(', ') }}
            order by valid_from, valid_until
        ) as previous_until
    from {{ model }}

),

broken as (

    select
        'interval' as fault,
        count(*) as fault_count
    from intervals
    where
        valid_from is null
        or valid_until is null
        or valid_until <= valid_from
        or previous_until <> valid_from
    {%- if one_open_per %}
    union all
    select
        'open intervals' as fault,
        count(*) as fault_count
    from (
        select {{ one_open_per | join(', ') }}
        from {{ model }}
        group by {{ one_open_per | join(', ') }}
        having sum(case when valid_until = {{ handoff.open_end() }} then 1 else 0 end) <> 1
    ) as groups_without_one_open
    {%- endif %}

)

select * from broken
where fault_count > 0

{% endtest %}
