{#-
    The numbers of the places in which a person's engagement groups stand side by side in one row: as many groups as a
    scoring model may have. `handoff rules lint` refuses more.
-#}
{% macro engagement_slots() -%} {{ return(range(1, 9)) }} {%- endmacro %}

{#- The running sums of every place, as columns of a relation. -#}
{% macro engagement_sums_of(relation) -%}
    {%- set columns = [] -%}
    {%- for slot in handoff.engagement_slots() -%}
        {%- for kind in ['decayed_points', 'flat_points', 'points_lost_per_day'] -%}
            {%- do columns.append(relation ~ '.' ~ kind ~ '_' ~ slot) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(columns | join(',\n        ')) }}
{%- endmacro %}

{#-
    A person's engagement on a day, each group held to its limits and the sum to 0 and 100, not yet quantised: a DOUBLE.
    sums: relation with the sums of every place. limits: relation with the limits and half-lives of every place; no NULL
    among either, so that least and greatest skip nothing. day_number: days from the day of as_of to the day asked about,
    an integer expression.
-#}
{% macro engagement_of_slots(sums, limits, day_number) -%}
    greatest(
        0,
        least(
            100,
            {%- for slot in handoff.engagement_slots() %}
            {% if not loop.first %}+ {% endif -%}
            greatest(
                {{ limits }}.floor_points_{{ slot }},
                least(
                    {{ limits }}.cap_points_{{ slot }},
                    {{ sums }}.decayed_points_{{ slot }} * {{ handoff.weight_since(day_number, limits ~ '.half_life_days_' ~ slot) }}
                    + {{ sums }}.flat_points_{{ slot }} - {{ sums }}.points_lost_per_day_{{ slot }} * {{ day_number }}
                )
            )
            {%- endfor %}
        )
    )
{%- endmacro %}
