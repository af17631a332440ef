{#-
    The host name inside a web address, a domain or an e-mail address, in lower case: scheme, user, port, path, query and
    a closing dot go; accents are composed, and the full stops of Chinese and Japanese keyboards are dots.
    NULL where what is left is no host name (at least one dot, no empty label, no punctuation).
-#}
{% macro host_of(address) -%} {{ adapter.dispatch('host_of', 'handoff')(address) }} {%- endmacro %}

{% macro default__host_of(address) -%}
    nullif(regexp_extract(
        {{ handoff.composed_letters("lower(trim(translate(" ~ address ~ ", '。．｡', '...')))") }},
        '^(?:[a-z][a-z0-9+.-]*://)?(?:[^/?#@\s]*@)?([^/?#@:.,;()<>"\s\\]+(?:\.[^/?#@:.,;()<>"\s\\]+)+)\.?(?::[0-9]*)?(?:[/?#].*)?$',
        1
    ), '')
{%- endmacro %}

{% macro postgres__host_of(address) -%}
    substring(
        {{ handoff.composed_letters("lower(trim(translate(" ~ address ~ ", '。．｡', '...')))") }}
        from '^(?:[a-z][a-z0-9+.-]*://)?(?:[^/?#@\s]*@)?([^/?#@:.,;()<>"\s\\]+(?:\.[^/?#@:.,;()<>"\s\\]+)+)\.?(?::[0-9]*)?(?:[/?#].*)?$'
    )
{%- endmacro %}
