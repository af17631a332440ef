-- Grain: attribute that a fit or exclusion rule asks about, and the record's field on which it rests. What follows from
-- who somebody is counts for all history, as identity does.
with

asked as (

    select attribute from {{ ref('stg_rules__score_points') }}
    where rule_kind = 'fit'
    union
    select attribute from {{ ref('stg_rules__exclusions') }}

)

select
    attribute,
    case
        when attribute in ('email_domain', 'email_kind', 'has_account', 'is_customer') then 'identity'
        when attribute = 'segment' then 'either'
        when attribute in (
            'account_type', 'account_industry', 'account_employee_count', 'account_country', 'is_target_account'
        ) then 'account'
        else 'person'
    end as entity,
    case
        when attribute in ('seniority', 'job_function', 'buying_role') then 'job_title'
        when attribute = 'channel' then 'lead_source'
        when attribute = 'segment' then 'employee_count'
        when attribute in ('account_industry', 'account_employee_count', 'account_country')
            then replace(attribute, 'account_', '')
        else attribute
    end as base_attribute
from asked
