{#-
    The columns in which a vendor's record names other records of the same person, for the vendors that are switched on:
    a Marketo lead its Salesforce lead and contact. A column may list several ids, parted by `;`.
    Returns a list of {model, column, named_system, link_method, evidence}; named_system: whose ids they are; link_method:
    cross_id, or merge where the named records were merged into this one.
-#}
{% macro cross_id_feeds() %}
    {% set feeds = [
        {'table': 'marketo.lead', 'column': 'sfdc_lead_id', 'named_system': 'salesforce', 'link_method': 'cross_id'},
        {'table': 'marketo.lead', 'column': 'sfdc_contact_id', 'named_system': 'salesforce', 'link_method': 'cross_id'},
    ] %}
    {% set enabled = [] %}
    {% for feed in feeds %}
        {% set vendor, table = feed.table.split('.') %}
        {% if is_source_enabled(vendor) %}
            {% do enabled.append({
                'model': 'stg_' ~ vendor ~ '__' ~ table, 'column': feed.column, 'named_system': feed.named_system,
                'link_method': feed.link_method, 'evidence': feed.table ~ '.' ~ feed.column
            }) %}
        {% endif %}
    {% endfor %}
    {% do return(enabled) %}
{% endmacro %}
