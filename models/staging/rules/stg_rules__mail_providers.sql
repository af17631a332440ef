with

rule_rows as (

    {{ rule_rows('rule_mail_providers') }}

),

typed as (

    select
        lower({{ rule_text('domain') }}) as domain,
        lower({{ rule_text('canonical_domain') }}) as canonical_domain,
        {{ rule_text('tag_separator') }} as tag_separator,
        {{ rule_text('ignored_characters') }} as ignored_characters,
        {{ rule_text('rationale') }} as rationale
    from rule_rows

)

select * from typed
