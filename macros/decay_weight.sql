{#-
    What is left of a signal's points after whole UTC days: 1 when new, 0 when forgotten.
    rules: CTE with decay, decay_days, look_back_days, half_life_days. age_days: whole days, an integer expression.
    Days count half-open: a rule of N days weighs nothing from age N on.
-#}
{% macro decay_weight(rules, age_days) -%}
    case
        when {{ age_days }} >= {{ rules }}.look_back_days then cast(0 as double)
        when {{ rules }}.decay = 'expire' and {{ age_days }} >= {{ rules }}.decay_days then cast(0 as double)
        when {{ rules }}.decay = 'linear' and {{ age_days }} >= {{ rules }}.decay_days then cast(0 as double)
        when {{ rules }}.decay = 'linear' then 1 - cast({{ age_days }} as double) / {{ rules }}.decay_days
        when {{ rules }}.decay = 'half_life' and {{ rules }}.half_life_days is not null
            then power(cast(0.5 as double), {{ age_days }} / {{ rules }}.half_life_days)
        else cast(1 as double)
    end
{%- endmacro %}
