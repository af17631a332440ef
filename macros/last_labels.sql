{#- The last so many labels of a host name (`last_labels('a.co.uk', 2)` is co.uk); NULL where it has fewer. -#}
{% macro last_labels(host, label_count) -%} {{ adapter.dispatch('last_labels', 'handoff')(host, label_count) }} {%- endmacro %}

{% macro default__last_labels(host, label_count) -%}
    case
        when length({{ host }}) - length(replace({{ host }}, '.', '')) + 1 >= {{ label_count }}
            then array_to_string(string_split({{ host }}, '.')[-{{ label_count }}:], '.')
    end
{%- endmacro %}

{% macro postgres__last_labels(host, label_count) -%}
    case
        when length({{ host }}) - length(replace({{ host }}, '.', '')) + 1 >= {{ label_count }}
            then substring({{ host }} from '((?:[^.]+\.){' || ({{ label_count }} - 1) || '}[^.]+)$')
    end
{%- endmacro %}
