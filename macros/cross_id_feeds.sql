{#-
    The columns in which a vendor's record names other records of the same person, for the vendors that are switched on:
    a Marketo lead its Salesforce lead and contact. A column may list several ids, parted by `;`.
    Returns a list of {model, column, named_system, link_method, evidence}; named_system: whose ids they are; link_method:
    cross_id, or merge where the named records were merged into this one and no longer land: what still goes by their ids is
    this one's.
-#}
{% macro cross_id_feeds() %}
    {% set feeds = [
        {'table': 'hubspot.contact', 'column': 'salesforceleadid', 'named_system': 'salesforce', 'link_method': 'cross_id'},
        {'table': 'hubspot.contact', 'column': 'salesforcecontactid', 'named_system': 'salesforce',
         'link_method': 'cross_id'},
        {'table': 'hubspot.contact_merges', 'column': 'unlanded_contact_id', 'named_system': 'hubspot',
         'link_method': 'merge', 'evidence': 'hubspot.contact.hs_merged_object_ids'},
        {'table': 'marketo.lead', 'column': 'sfdc_lead_id', 'named_system': 'salesforce', 'link_method': 'cross_id'},
        {'table': 'marketo.lead', 'column': 'sfdc_contact_id', 'named_system': 'salesforce', 'link_method': 'cross_id'},
        {'table': 'marketo.lead_merges', 'column': 'unlanded_lead_id', 'named_system': 'marketo', 'link_method': 'merge',
         'evidence': 'marketo.activity_merge_leads.merge_ids'},
        {'table': 'pardot.prospect', 'column': 'crm_lead_fid', 'named_system': 'salesforce', 'link_method': 'cross_id'},
        {'table': 'pardot.prospect', 'column': 'crm_contact_fid', 'named_system': 'salesforce', 'link_method': 'cross_id'},
    ] %}
    {% set enabled = [] %}
    {% for feed in feeds %}
        {% set vendor, table = feed.table.split('.') %}
        {% if handoff.is_source_enabled(vendor) %}
            {% do enabled.append({
                'model': handoff.composed_models().get(feed.table, 'stg_' ~ vendor ~ '__' ~ table), 'column': feed.column,
                'named_system': feed.named_system, 'link_method': feed.link_method,
                'evidence': feed.evidence or feed.table ~ '.' ~ feed.column,
            }) %}
        {% endif %}
    {% endfor %}
    {% do return(enabled) %}
{% endmacro %}
