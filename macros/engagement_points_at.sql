{#-
    The engagement points of one group at a moment, decayed to its day and held to the group's floor and cap: a DOUBLE.
    states: relation of fct_engagement_states whose row holds at the moment (valid_from <= moment < valid_until).
    moment: SQL expression, a UTC timestamp; what counts is its day.
    A person's engagement score is the sum over their groups, held to 0 and 100, then quantised():
        quantised(between_limits('sum(points)', '0', '100'))
-#}
{% macro engagement_points_at(states, moment) -%}
    {{ handoff.engagement_points_on(states, handoff.days_between(states ~ '.day_zero', 'cast(' ~ moment ~ ' as date)')) }}
{%- endmacro %}

{#- The same from the days between day_zero and the day asked about: an integer expression, negative before day_zero. -#}
{% macro engagement_points_on(states, day_number) -%}
    {%- set points -%}
        coalesce({{ states }}.decayed_points * {{ handoff.weight_since(day_number, states ~ '.half_life_days') }}, 0)
        + {{ states }}.flat_points
        - {{ states }}.points_lost_per_day * ({{ day_number }})
    {%- endset -%}
    {{ handoff.between_limits('(' ~ points ~ ')', states ~ '.floor_points', states ~ '.cap_points') }}
{%- endmacro %}
