with

staged as (

    {{ union_enabled('accounts', passed=true) }}

),

accounts as (

    select
        account_id,
        {%- for name in passed_columns('accounts') %}
        {{ name }},
        {%- endfor %}
        source_system,
        account_name,
        domain,
        parent_account_id,
        account_type,
        industry,
        employee_count,
        annual_revenue,
        country,
        owner_id,
        coalesce(is_target_account, false) as is_target_account,
        created_at
    from staged
    where
        disposition = 'current'
        and (created_at is null or created_at <= {{ as_of() }})

)

select * from accounts
