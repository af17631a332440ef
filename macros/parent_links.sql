{#-
    What rows of a landed table belong to: list of {child, column, parent, parent_column}, for the vendors that are
    switched on. column: of the child's model, an id that names a row of the parent by its parent_column (its key, where
    none is given). parent `person`: the row's record_key names one.
    vendor, table, parent: only the links of that table, or to that parent; all of them by default.
-#}
{% macro parent_links(vendor=none, table=none, parent=none) %}
    {% set links = [] %}
    {% for child, column, parent_table in [
        ('hubspot.contact', 'associatedcompanyid', 'hubspot.company'),
        ('hubspot.contact_property_history', 'contact_id', 'person'),
        ('hubspot.contact_merge_audit', 'canonical_vid', 'person'),
        ('hubspot.contact_form_submission', 'contact_id', 'person'),
        ('hubspot.contact_form_submission', 'form_id', 'hubspot.form'),
        ('hubspot.company_property_history', 'company_id', 'hubspot.company'),
        ('hubspot.owner_team', 'owner_id', 'hubspot.owner'),
        ('hubspot.owner_team', 'team_id', 'hubspot.team'),
        ('hubspot.team_user', 'team_id', 'hubspot.team'),
        ('hubspot.deal', 'deal_pipeline_stage_id', 'hubspot.deal_pipeline_stage'),
        ('hubspot.deal_pipeline_stage', 'pipeline_id', 'hubspot.deal_pipeline'),
        ('hubspot.deal_stage', 'deal_id', 'hubspot.deal'),
        ('hubspot.deal_property_history', 'deal_id', 'hubspot.deal'),
        ('hubspot.deal_contact', 'contact_id', 'person'),
        ('hubspot.deal_contact', 'deal_id', 'hubspot.deal'),
        ('hubspot.deal_company', 'deal_id', 'hubspot.deal'),
        ('hubspot.deal_company', 'company_id', 'hubspot.company'),
        ('hubspot.merged_deal', 'deal_id', 'hubspot.deal'),
        ('hubspot.engagement_contact', 'contact_id', 'person'),
        ('hubspot.engagement_contact', 'engagement_id', 'hubspot.engagement'),
        ('hubspot.engagement_company', 'company_id', 'hubspot.company'),
        ('hubspot.engagement_company', 'engagement_id', 'hubspot.engagement'),
        ('hubspot.engagement_deal', 'deal_id', 'hubspot.deal'),
        ('hubspot.engagement_deal', 'engagement_id', 'hubspot.engagement'),
        ('hubspot.email_event', 'email_campaign_id', 'hubspot.email_campaign'),
        ('hubspot.email_event', 'recipient', 'hubspot.contact_addresses'),
        ('hubspot.email_event_bounce', 'id', 'hubspot.email_event'),
        ('hubspot.email_event_click', 'id', 'hubspot.email_event'),
        ('hubspot.email_event_deferred', 'id', 'hubspot.email_event'),
        ('hubspot.email_event_delivered', 'id', 'hubspot.email_event'),
        ('hubspot.email_event_dropped', 'id', 'hubspot.email_event'),
        ('hubspot.email_event_forward', 'id', 'hubspot.email_event'),
        ('hubspot.email_event_open', 'id', 'hubspot.email_event'),
        ('hubspot.email_event_print', 'id', 'hubspot.email_event'),
        ('hubspot.email_event_sent', 'id', 'hubspot.email_event'),
        ('hubspot.email_event_spam_report', 'id', 'hubspot.email_event'),
        ('hubspot.email_event_status_change', 'id', 'hubspot.email_event'),
        ('marketo.activity_change_data_value', 'lead_id', 'person'),
        ('marketo.activity_change_data_value', 'primary_attribute_value_id', 'marketo.lead_describe'),
        ('marketo.activity_change_score', 'lead_id', 'person'),
        ('marketo.activity_change_status_in_progression', 'lead_id', 'person'),
        ('marketo.activity_change_status_in_progression', 'program_id', 'marketo.program'),
        ('marketo.activity_merge_leads', 'lead_id', 'person'),
        ('marketo.program_membership', 'lead_id', 'person'),
        ('marketo.program_membership', 'program_id', 'marketo.program'),
        ('marketo.campaign', 'program_id', 'marketo.program'),
        ('pardot.prospect', 'campaign_id', 'pardot.campaign'),
        ('pardot.visitor', 'prospect_id', 'person'),
        ('pardot.visitor_activity', 'prospect_id', 'person'),
        ('pardot.visitor_activity', 'visitor_id', 'pardot.visitor'),
        ('pardot.visitor_activity', 'campaign_id', 'pardot.campaign'),
        ('pardot.opportunity_prospect', 'prospect_id', 'person'),
        ('pardot.opportunity_prospect', 'opportunity_id', 'pardot.opportunity'),
        ('pardot.list_membership', 'prospect_id', 'person'),
        ('pardot.list_membership', 'list_id', 'pardot.list'),
    ] %}
        {% set child_vendor, child_table = child.split('.') %}
        {% if handoff.is_source_enabled(child_vendor) and vendor in (none, child_vendor) and table in (none, child_table)
            and parent in (none, parent_table) %}
            {% do links.append({'vendor': child_vendor, 'table': child_table, 'column': column, 'parent': parent_table}) %}
        {% endif %}
    {% endfor %}
    {% do return(links) %}
{% endmacro %}
