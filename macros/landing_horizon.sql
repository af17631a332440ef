{#-
    The instant after which nothing that was landed can have happened, a UTC timestamp: the later of the landing and the
    moment the run speaks for, and a day for naive local times. `handoff run` says when it landed (the `landed_at` var);
    where nobody does, there is none.
-#}
{% macro landing_horizon() -%}
    {%- if var('landed_at', '') -%}
        {{ handoff.add_days("greatest(" ~ handoff.as_of() ~ ", cast('" ~ var('landed_at') ~ "' as timestamp))", 1) }}
    {%- else -%} {{ handoff.open_end() }}
    {%- endif -%}
{%- endmacro %}
