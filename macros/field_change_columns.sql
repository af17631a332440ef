{#- The columns of a CRM's own log of field changes, as staging types them: list of {name, type}. -#}
{% macro field_change_columns() %}
    {% do return([
        {'name': 'record_key', 'type': 'varchar'},
        {'name': 'field', 'type': 'varchar'},
        {'name': 'changed_at', 'type': 'timestamp'},
        {'name': 'changed_at_precision', 'type': 'varchar'},
        {'name': 'old_value', 'type': 'varchar'},
        {'name': 'new_value', 'type': 'varchar'},
        {'name': 'changed_by', 'type': 'varchar'},
    ]) %}
{% endmacro %}
