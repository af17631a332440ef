{#-
    How many distinct things are present, at each instant at which the number changes: a query, one row per
    unit_id x rule_id x moment, with actual (DOUBLE) and is_applicable.
    spells: CTE of (unit_id, rule_id, thing, spell_from, spell_until); a thing counts once however many of its spells
    overlap, and touching spells are one. asked: CTE of (unit_id, rule_id), each of which begins with none present.
    Linear: spells are merged into presences, a presence is +1 and -1, and the number is their running sum.
-#}
{% macro distinct_count_steps(spells, asked) -%}
    select
        unit_id,
        rule_id,
        moment,
        cast(sum(change) over (partition by unit_id, rule_id order by moment) as double) as actual,
        true as is_applicable
    from (
        select
            unit_id,
            rule_id,
            moment,
            sum(change) as change
        from (
            select
                unit_id,
                rule_id,
                cast('1900-01-01 00:00:00' as timestamp) as moment,
                0 as change
            from {{ asked }}
            union all
            select
                unit_id,
                rule_id,
                min(spell_from) as moment,
                1 as change
            from ({{ handoff.numbered_presences(spells) }}) as began
            group by unit_id, rule_id, thing, presence_number
            union all
            select
                unit_id,
                rule_id,
                max(spell_until) as moment,
                -1 as change
            from ({{ handoff.numbered_presences(spells) }}) as ended
            group by unit_id, rule_id, thing, presence_number
        ) as changes
        group by unit_id, rule_id, moment
    ) as changes_summed
{%- endmacro %}

{% macro numbered_presences(spells) -%}
    select
        unit_id,
        rule_id,
        thing,
        spell_from,
        spell_until,
        sum(case when covered_until >= spell_from then 0 else 1 end) over (
            partition by unit_id, rule_id, thing
            order by spell_from, spell_until
            rows between unbounded preceding and current row
        ) as presence_number
    from (
        select
            *,
            max(spell_until) over (
                partition by unit_id, rule_id, thing
                order by spell_from, spell_until
                rows between unbounded preceding and 1 preceding
            ) as covered_until
        from (  -- equal spells would have no order among them
            select distinct
                unit_id,
                rule_id,
                thing,
                spell_from,
                spell_until
            from {{ spells }}
        ) as spells_once
    ) as spells_covered
{%- endmacro %}
