-- Catches two handoffs of one committee in the second in which its account became ready: two reps would call it on one
-- morning.
with

handed_over as (

    select
        account_id,
        opened_at
    from {{ ref('fct_mql_cycles') }}
    where
        entry_reason = 'account_ready'
        and entry_signal_id is null

),

failures as (

    select account_id as failing_key
    from handed_over
    group by account_id, opened_at
    having count(*) > 1

)

select * from failures
