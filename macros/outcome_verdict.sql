{#-
    Whether a cycle came to what a label names, within the days its policy gives for that: yes, no, unknown (nobody
    worked them, so nobody knows), or too_early. An old enough cycle that sales had is yes or no.
    cycles: CTE with accepted_at, meeting_held_at, opportunity_created_at, outcome, closed_at, acceptance_due_at,
    mature_at and outcome_known_by. label: expression holding accepted, meeting_held, opportunity or won.
-#}
{% macro outcome_verdict(cycles, label) -%}
    case
        when coalesce({{ handoff.label_horizon(cycles, label) }} > {{ handoff.as_of() }}, true) then 'too_early'
        when
            case {{ label }}
                when 'accepted' then {{ cycles }}.accepted_at
                when 'meeting_held' then {{ cycles }}.meeting_held_at
                when 'opportunity' then {{ cycles }}.opportunity_created_at
                when 'won' then case when {{ cycles }}.outcome = 'won' then {{ cycles }}.closed_at end
            end <= {{ handoff.label_horizon(cycles, label) }}
            then 'yes'
        when {{ cycles }}.outcome_known_by = 'unknown' then 'unknown'
        else 'no'
    end
{%- endmacro %}
