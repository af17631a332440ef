with

mqls_by_scope as (

    select * from {{ ref('int_mqls_by_scope') }}

),

judged as (

    select
        scope,
        scope_value,
        count(case when is_judged then 1 end) as mqls,
        count(case when trend_period = 'recent' then 1 end) as mqls_recent,
        count(case when trend_period = 'previous' then 1 end) as mqls_previous
    from mqls_by_scope
    group by scope, scope_value

),

sent_back as (

    select
        scope,
        scope_value,
        reason,
        count(case when is_judged then 1 end) as sent_back,
        count(case when trend_period = 'recent' then 1 end) as sent_back_recent,
        count(case when trend_period = 'previous' then 1 end) as sent_back_previous
    from mqls_by_scope
    where is_sent_back
    group by scope, scope_value, reason

)

select
    sent_back.scope,
    sent_back.scope_value,
    sent_back.reason,
    judged.mqls,
    sent_back.sent_back,
    judged.mqls_recent,
    sent_back.sent_back_recent,
    judged.mqls_previous,
    sent_back.sent_back_previous
from sent_back
inner join judged
    on
        sent_back.scope = judged.scope
        and sent_back.scope_value = judged.scope_value
