{{ config(materialized='table') }}

with

staged as (

    {{ union_enabled('opportunities', passed=true) }}

),

stages as (

    select * from {{ ref('int_opportunity_closings_found') }}

),

currency_rates as (

    select * from {{ ref('stg_rules__currency_rates') }}

),

corporate_currency as (

    select min(corporate_currency) as currency
    from currency_rates

),

told as (

    select
        staged.*,
        stages.latest_stage,
        stages.first_stage_at,
        coalesce(staged.is_closed, staged.is_won, false) as is_closed_today,
        coalesce(
            staged.created_at,
            stages.first_stage_at,
            case when staged.close_date <= cast({{ as_of() }} as date) then cast(staged.close_date as timestamp) end
        ) as born_at,
        case
            when staged.created_at is not null then coalesce(staged.created_at_precision, 'exact')
            when stages.first_stage_at is not null then 'observed'
            else 'unknown'
        end as born_at_precision,
        case when stages.latest_stage = staged.stage then stages.entered_stage_at end as entered_stage_at,
        stages.entered_stage_at_precision
    from staged
    left join stages
        on staged.opportunity_id = stages.opportunity_id
    where staged.disposition = 'current'

),

closings as (  -- told, else seen in the stage history, else the day the CRM gives

    select
        *,
        case when is_closed_today then coalesce(closed_at, entered_stage_at, cast(close_date as timestamp)) end
            as told_closed_at,
        case
            when not is_closed_today then null
            when closed_at is not null then coalesce(closed_at_precision, 'exact')
            -- it came into the CRM closed, with an earlier close date: entered after the fact
            when entered_stage_at = first_stage_at and close_date < cast(entered_stage_at as date) then 'unknown'
            when entered_stage_at is not null then coalesce(entered_stage_at_precision, 'exact')
            when close_date is not null then 'day'
            else 'unknown'
        end as told_closed_at_precision
    from told

),

ordered as (  -- nothing closes before it exists: a deal entered after the fact closes as it is entered

    select
        *,
        case when told_closed_at < born_at then born_at else told_closed_at end as final_closed_at,
        case
            when told_closed_at < born_at and cast(told_closed_at as date) < cast(born_at as date) then 'unknown'
            else told_closed_at_precision
        end as final_closed_at_precision
    from closings

),

as_told_then as (  -- a deal closed later than as_of is open; one closed at an unknown time is closed

    select
        *,
        (is_closed_today and coalesce(final_closed_at <= {{ as_of() }}, true)) as is_closed_then
    from ordered

),

conformed as (

    select
        as_told_then.opportunity_id,
        {%- for name in passed_columns('opportunities') %}
        as_told_then.{{ name }},
        {%- endfor %}
        as_told_then.source_system,
        as_told_then.account_id,
        as_told_then.born_at as created_at,
        as_told_then.born_at_precision as created_at_precision,
        case
            when as_told_then.born_at_precision <> 'day' then as_told_then.born_at
            when
                as_told_then.final_closed_at_precision = 'exact'
                and as_told_then.final_closed_at < {{ last_second_of('as_told_then.born_at') }}
                then as_told_then.final_closed_at
            else {{ last_second_of('as_told_then.born_at') }}
        end as surely_created_at,
        case
            when as_told_then.is_closed_today = as_told_then.is_closed_then then as_told_then.stage
            else as_told_then.latest_stage
        end as stage,
        as_told_then.amount,
        coalesce(upper(as_told_then.currency), corporate_currency.currency) as currency,
        cast(
            case
                when as_told_then.currency is null or upper(as_told_then.currency) = corporate_currency.currency
                    then as_told_then.amount
                else as_told_then.amount * currency_rates.rate_to_corporate
            end as numeric(18, 2)
        ) as corporate_amount,
        as_told_then.close_date,
        case when as_told_then.is_closed_then then as_told_then.final_closed_at end as closed_at,
        case when as_told_then.is_closed_then then as_told_then.final_closed_at_precision end as closed_at_precision,
        (as_told_then.is_closed_then and coalesce(as_told_then.is_won, false)) as is_won,
        as_told_then.is_closed_then as is_closed,
        as_told_then.owner_id,
        as_told_then.opportunity_type
    from as_told_then
    cross join corporate_currency  -- one row
    left join currency_rates  -- the rate of the day it closed, or today's of an open deal
        on
            upper(as_told_then.currency) = currency_rates.currency
            and {{ is_in_force(
                'currency_rates', 'cast(coalesce(as_told_then.final_closed_at, ' ~ as_of() ~ ') as date)'
            ) }}
    where
        as_told_then.born_at is null
        or as_told_then.born_at <= {{ as_of() }}

)

select * from conformed
