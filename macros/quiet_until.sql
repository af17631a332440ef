{#-
    Until when after a cycle's end only a hand-raise opens another: the wake-up of what was recycled, else the cool-down.
    ends: CTE of int_cycle_ends_decided. NULL while the cycle is open.
-#}
{% macro quiet_until(ends) -%}
    case {{ ends }}.outcome
        when 'recycled' then {{ handoff.add_days(ends ~ '.closed_at', ends ~ '.recycle_wake_days') }}
        else {{ handoff.add_days(ends ~ '.closed_at', ends ~ '.cool_down_days') }}
    end
{%- endmacro %}
