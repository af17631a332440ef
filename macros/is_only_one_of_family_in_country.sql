{#- True where accounts that share a key are one family and this one alone of them is in the person's country. -#}
{% macro is_only_one_of_family_in_country(account_keys, people) -%}
    coalesce(
        {{ account_keys }}.key_account_count > 1
        and {{ account_keys }}.is_one_family
        and {{ account_keys }}.country_account_count = 1
        and {{ account_keys }}.country_code = {{ people }}.country_code,
        false
    )
{%- endmacro %}
