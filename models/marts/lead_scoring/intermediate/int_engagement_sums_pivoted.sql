-- Grain: person x scoring model x moment, until the next one. What all has come to by then, every group in its place.
with

moments as (

    select * from {{ ref('int_score_moments') }}

),

limits as (

    select * from {{ ref('int_engagement_limits_pivoted') }}

),

running as (

    select
        person_id,
        scoring_model,
        moment,
        signal_id,
        {%- for slot in engagement_slots() %}
            sum(case when slot_number = {{ slot }} then decayed_points else 0 end) over so_far
                as decayed_points_{{ slot }},
            sum(case when slot_number = {{ slot }} then flat_points else 0 end) over so_far as flat_points_{{ slot }},
            sum(case when slot_number = {{ slot }} then points_lost_per_day else 0 end) over so_far
                as points_lost_per_day_{{ slot }},
        {%- endfor %}
        max(fit_number) over so_far as fit_number,
        coalesce(lead(moment) over so_far, {{ open_end() }}) as next_moment
    from moments
    window so_far as (  -- of one second the last row has everything; signals come last, of these the smallest id
        partition by person_id, scoring_model
        order by moment asc, case when signal_id is null then 0 else 1 end asc, signal_id desc
        rows between unbounded preceding and current row
    )

)

select
    running.person_id,
    running.scoring_model,
    running.moment,
    running.signal_id,
    running.fit_number,
    case when running.next_moment < limits.effective_until then running.next_moment else limits.effective_until end
        as next_moment,
    {{ engagement_sums_of('running') }}
from running
inner join limits
    on running.scoring_model = limits.scoring_model
where
    running.next_moment > running.moment
    and running.moment >= limits.effective_from
