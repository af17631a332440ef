{#-
    The models that feed a canonical entity, for the vendors that are switched on: staging models where one landed table
    says it all, else models of models/conformed/vendors that put several tables of a vendor together.
    entity: an entity of the data contract, `vendor_scores`, `field_changes` (a CRM's own log of field changes), or `parts` (landed
    tables that are read by way of others' feeds, or by nothing yet: staged and accounted for).
    Returns a list of {model, vendor, table, entity}.
-#}
{% macro staging_of(entity) %}
    {% set feeds = {
        'people': [
            'salesforce.lead', 'salesforce.contact', 'hubspot.contact', 'marketo.lead', 'pardot.prospect',
            'generic.people',
        ],
        'accounts': ['salesforce.account', 'hubspot.company', 'generic.accounts'],
        'reps': ['salesforce.user', 'hubspot.owner', 'generic.reps'],
        'rep_absences': ['generic.rep_absences'],
        'activities': [
            'hubspot.form_activities', 'hubspot.email_activities', 'marketo.activity_visit_webpage',
            'marketo.activity_fill_out_form', 'marketo.activity_send_email', 'marketo.activity_email_delivered',
            'marketo.activity_open_email', 'marketo.activity_click_email', 'marketo.activity_email_bounced',
            'marketo.activity_unsubscribe_email', 'pardot.activities', 'generic.activities',
        ],
        'status_changes': ['hubspot.status_changes', 'marketo.status_changes', 'generic.status_changes'],
        'assignments': ['hubspot.assignments', 'marketo.assignments', 'generic.assignments'],
        'attribute_changes': [
            'hubspot.attribute_changes', 'marketo.attribute_changes', 'generic.attribute_changes',
        ],
        'touches': ['salesforce.task', 'salesforce.event', 'hubspot.touches', 'generic.touches'],
        'opportunities': ['salesforce.opportunity', 'hubspot.deal', 'pardot.opportunity', 'generic.opportunities'],
        'opportunity_contacts': [
            'salesforce.opportunity_contact_role', 'hubspot.deal_people', 'pardot.opportunity_people',
            'generic.opportunity_contacts',
        ],
        'opportunity_stage_changes': [
            'salesforce.opportunity_history', 'hubspot.deal_stage_changes', 'generic.opportunity_stage_changes',
        ],
        'campaigns': [
            'salesforce.campaign', 'hubspot.email_campaign', 'marketo.program', 'marketo.campaign', 'pardot.campaign',
            'generic.campaigns',
        ],
        'campaign_members': ['salesforce.campaign_member', 'marketo.program_members', 'generic.campaign_members'],
        'record_links': ['generic.record_links'],
        'vendor_scores': ['hubspot.vendor_scores', 'marketo.vendor_scores', 'pardot.vendor_scores'],
        'field_changes': ['salesforce.lead_history', 'salesforce.contact_history'],
        'parts': [
            'salesforce.opportunity_field_history', 'hubspot.contact_property_history', 'hubspot.contact_merge_audit',
            'hubspot.company_property_history', 'hubspot.owner_team', 'hubspot.team', 'hubspot.team_user',
            'hubspot.users', 'hubspot.role', 'hubspot.deal_pipeline', 'hubspot.deal_pipeline_stage',
            'hubspot.deal_stage', 'hubspot.deal_property_history', 'hubspot.deal_contact', 'hubspot.deal_company',
            'hubspot.merged_deal', 'hubspot.engagement', 'hubspot.engagement_call', 'hubspot.engagement_email',
            'hubspot.engagement_meeting', 'hubspot.engagement_task', 'hubspot.engagement_communication',
            'hubspot.engagement_note', 'hubspot.engagement_contact', 'hubspot.engagement_company',
            'hubspot.engagement_deal', 'hubspot.form', 'hubspot.contact_form_submission', 'hubspot.email_event',
            'hubspot.email_event_bounce', 'hubspot.email_event_click', 'hubspot.email_event_deferred',
            'hubspot.email_event_delivered', 'hubspot.email_event_dropped', 'hubspot.email_event_forward',
            'hubspot.email_event_open', 'hubspot.email_event_print', 'hubspot.email_event_sent',
            'hubspot.email_event_spam_report', 'hubspot.email_event_status_change',
            'marketo.activity_change_data_value', 'marketo.activity_change_score',
            'marketo.activity_change_status_in_progression', 'marketo.activity_merge_leads',
            'marketo.activity_delete_lead', 'marketo.lead_describe', 'marketo.program_membership', 'pardot.visitor',
            'pardot.visitor_activity', 'pardot.opportunity_prospect', 'pardot.list', 'pardot.list_membership',
        ],
    } %}
    {% set enabled = [] %}
    {% for feed in feeds[entity] %}
        {% set vendor, table = feed.split('.') %}
        {% if handoff.is_source_enabled(vendor, table) %}
            {% do enabled.append({
                'model': handoff.composed_models().get(feed, 'stg_' ~ vendor ~ '__' ~ table), 'vendor': vendor, 'table': table,
                'entity': entity,
            }) %}
        {% endif %}
    {% endfor %}
    {% do return(enabled) %}
{% endmacro %}

{#- Feeds that a model of models/conformed/vendors makes out of several landed tables: {feed: model}. -#}
{% macro composed_models() %}
    {% do return({
        'hubspot.contact': 'int_hubspot_contacts_judged',
        'hubspot.contact_merges': 'int_hubspot_contact_merges_left',
        'hubspot.company': 'int_hubspot_companies_judged',
        'hubspot.owner': 'int_hubspot_owners_judged',
        'hubspot.deal': 'int_hubspot_deals_judged',
        'hubspot.form_activities': 'int_hubspot_forms_filled',
        'hubspot.email_activities': 'int_hubspot_emails_answered',
        'hubspot.status_changes': 'int_hubspot_statuses_changed',
        'hubspot.assignments': 'int_hubspot_owners_assigned',
        'hubspot.attribute_changes': 'int_hubspot_attributes_changed',
        'hubspot.touches': 'int_hubspot_touches_gathered',
        'hubspot.deal_people': 'int_hubspot_deal_people_linked',
        'hubspot.deal_stage_changes': 'int_hubspot_deal_stages_changed',
        'marketo.lead': 'int_marketo_leads_judged',
        'marketo.lead_merges': 'int_marketo_lead_merges_left',
        'marketo.campaign': 'int_marketo_campaigns_judged',
        'marketo.status_changes': 'int_marketo_statuses_changed',
        'marketo.assignments': 'int_marketo_owners_assigned',
        'marketo.attribute_changes': 'int_marketo_attributes_changed',
        'marketo.program_members': 'int_marketo_program_members_gathered',
        'pardot.prospect': 'int_pardot_prospects_judged',
        'pardot.activities': 'int_pardot_activities_named',
        'pardot.opportunity': 'int_pardot_opportunities_judged',
        'pardot.opportunity_people': 'int_pardot_opportunity_people_linked',
        'hubspot.vendor_scores': 'int_hubspot_scores_told',
        'marketo.vendor_scores': 'int_marketo_scores_told',
        'pardot.vendor_scores': 'int_pardot_scores_told',
    }) %}
{% endmacro %}

{#-
    The model that says of each landed table, of the vendors that are switched on, where its rows end: staging, or the
    composed model (`…_judged`) that has one row for each of the table's. List of {model, vendor, table, entity}.
-#}
{% macro every_staging_model() %}
    {% set feeds = [] %}
    {% for entity in [
        'people', 'accounts', 'reps', 'rep_absences', 'activities', 'status_changes', 'assignments', 'attribute_changes',
        'touches', 'opportunities', 'opportunity_contacts', 'opportunity_stage_changes', 'campaigns',
        'campaign_members', 'record_links', 'field_changes', 'parts',
    ] %}
        {% for feed in handoff.staging_of(entity) if not feed.model.startswith('int_') or feed.model.endswith('_judged') %}
            {% do feeds.append(feed) %}
        {% endfor %}
    {% endfor %}
    {% do return(feeds) %}
{% endmacro %}
