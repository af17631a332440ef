with

rule_rows as (

    {{ rule_rows('rule_domain_aliases') }}

),

typed as (

    select
        lower({{ rule_text('alias_domain') }}) as alias_domain,
        {{ rule_text('kind') }} as kind,
        lower({{ rule_text('canonical_domain') }}) as canonical_domain,
        {{ rule_text('account_id') }} as account_id,
        lower(coalesce({{ rule_text('canonical_domain') }}, {{ rule_text('account_id') }})) as leads_to,
        {{ rule_window_start('effective_from', 'timestamp') }} as effective_from,
        {{ rule_window_end('effective_until', 'timestamp') }} as effective_until,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
