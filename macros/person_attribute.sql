{#-
    The value that a rule's attribute names, as lower-case text: one place for what a rule may ask about a person.
    persons: CTE of int_persons_enriched. attribute: SQL expression holding the attribute's name.
    Numbers and booleans come as text; NULL where nothing is known or the name is none of these.
-#}
{% macro person_attribute(persons, attribute) -%}
    lower(
        case {{ attribute }}
            {%- for name in handoff.person_attribute_names() + handoff.passed_columns('people') + handoff.passed_account_attributes() | list %}
            when '{{ name }}' then cast({{ persons }}.{{ name }} as {{ dbt.type_string() }})
            {%- endfor %}
        end
    )
{%- endmacro %}

{% macro person_attribute_names() -%}
    {{ return([
        'job_title', 'seniority', 'job_function', 'buying_role', 'country', 'region', 'industry', 'employee_count',
        'annual_revenue', 'segment', 'lead_source', 'channel', 'email_domain', 'email_kind', 'company_name',
        'account_type', 'account_industry', 'account_employee_count', 'account_country', 'is_target_account',
        'has_account', 'is_customer', 'crm_status', 'is_email_opt_out',
    ]) }}
{%- endmacro %}
