-- Grain: currency x window. Rates to the corporate currency, for the facts of this domain.
with

currency_rates as (

    select * from {{ ref('stg_rules__currency_rates') }}

)

select
    currency,
    corporate_currency,
    rate_to_corporate,
    effective_from,
    effective_until
from currency_rates
