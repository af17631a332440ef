{#-
    What a mart may show of a text or an id that a source wrote: e-mail addresses and phone numbers are taken out.
    without_address: a text in which an address reads <address>, and a number <phone>. phones: which numbers are looked for:
    all; plus, where there are so many texts that only one with a + is looked through; none, in ids of pages and forms.
    id_without_address: the id, or `address:` and a hash of it where it is an e-mail address, so that it joins as before.
    texts_shown: entity → its texts that reach marts → phones; the union of its staging puts them through the first.
-#}
{% macro without_address(value, phones='all') -%}
    {%- set address = '[^\\s@<>"\'\'(),;:/?&=]+(@|%40)[^\\s@<>"\'\'(),;:/?&=]+' -%}
    {%- set phone = '(^|[^0-9A-Za-z])(([+]|00)[0-9][0-9 ().-]{5,}[0-9]|0[0-9]{8,}|0[0-9]{1,4}[ /-][0-9]{5,}|'
        ~ '0[0-9]{1,4}[ /-][0-9]{3,4}[ /-][0-9]{3,}|[(]?[0-9]{3}[)]?[ .-][0-9]{3}[ .-][0-9]{4})' -%}
    {%- set numberless -%}
        {%- if phones == 'none' -%} {{ value }} {%- else -%} regexp_replace({{ value }}, '{{ phone }}', '\1<phone>', 'g') {%- endif -%}
    {%- endset -%}
    case
        when {{ value }} like '%@%' or {{ value }} like '%!%40%' escape '!'
            then regexp_replace({{ numberless }}, '{{ address }}', '<address>', 'g')
        {%- if phones == 'plus' %}
        when {{ value }} not like '%+%' then {{ value }}
        {%- endif %}
        else {{ numberless }}
    end
{%- endmacro %}

{% macro id_without_address(id) -%}
    case
        when {{ id }} like '%@%' or {{ id }} like '%!%40%' escape '!' then concat('address:', md5(lower({{ id }})))
        else {{ id }}
    end
{%- endmacro %}

{% macro texts_shown(entity) -%}
    {{ return({
        'people': {'country': 'all', 'region': 'all', 'industry': 'all', 'lead_source': 'all', 'lead_source_detail': 'all',
                   'status': 'all'},
        'accounts': {'account_type': 'all', 'industry': 'all', 'country': 'all'},
        'reps': {'team': 'all', 'role': 'all', 'calendar_id': 'all'},
        'activities': {'activity_type': 'none', 'channel': 'plus', 'asset_id': 'none', 'asset_name': 'plus'},
        'status_changes': {'old_status': 'all', 'new_status': 'all', 'reason': 'all'},
        'touches': {'touch_type': 'none', 'outcome': 'all'},
        'opportunities': {'stage': 'all', 'currency': 'all', 'opportunity_type': 'all'},
        'opportunity_contacts': {'role': 'all'},
        'opportunity_stage_changes': {'new_stage': 'all'},
        'campaigns': {'campaign_type': 'all', 'channel': 'all', 'currency': 'all'},
        'campaign_members': {'status': 'all'},
    }.get(entity, {})) }}
{%- endmacro %}
