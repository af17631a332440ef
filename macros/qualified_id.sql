{#-
    The id under which the marts know a vendor's account, rep, opportunity or campaign: the primary source's own id as
    it stands, any other system's with the system before it (`marketo:1001`), so that two systems' ids never meet. An id
    that is an e-mail address is known by its hash.
    The primary source is the `primary_source` var, else the first enabled of salesforce, generic, hubspot, marketo, pardot.
-#}
{% macro qualified_id(source_system, id) -%}
    {%- if source_system == handoff.primary_source() -%}
        {{ handoff.id_without_address(id) }}
    {%- else -%}
        ('{{ source_system }}:' || {{ handoff.id_without_address(id) }})
    {%- endif -%}
{%- endmacro %}

{% macro primary_source() -%}
    {%- if var('primary_source', '') -%} {{ return(var('primary_source')) }} {%- endif -%}
    {%- for vendor in ['salesforce', 'generic', 'hubspot', 'marketo', 'pardot'] -%}
        {%- if handoff.is_source_enabled(vendor) -%} {{ return(vendor) }} {%- endif -%}
    {%- endfor -%}
    {{ return('') }}
{%- endmacro %}
