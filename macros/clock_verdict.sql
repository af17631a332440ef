{#-
    The one column of a report in which a clock counts: met, met_late, closed_untouched, open_breached (these four are
    judged), open, excused, or time_unknown where its stop is known only by its day. Reads columns of fct_handoff_sla.
-#}
{% macro clock_verdict() -%}
    case
        when sla_status = 'excused' and coalesce(excused_reason, 'excused') <> 'time_unknown' then 'excused'
        when sla_status = 'excused' or is_time_unknown then 'time_unknown'
        when sla_status in ('open_on_track', 'open_at_risk') then 'open'
        else sla_status
    end
{%- endmacro %}
