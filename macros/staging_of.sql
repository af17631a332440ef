{#-
    The staging models that feed a canonical entity, for the vendors that are switched on.
    entity: an entity of the data contract, or `field_changes` (a CRM's own log of field changes) or `unread`
    (staged and accounted for, read by nothing else yet). Returns a list of {model, vendor, table, entity}.
-#}
{% macro staging_of(entity) %}
    {% set feeds = {
        'people': ['salesforce.lead', 'salesforce.contact', 'marketo.lead', 'generic.people'],
        'accounts': ['salesforce.account', 'generic.accounts'],
        'reps': ['salesforce.user', 'generic.reps'],
        'rep_absences': ['generic.rep_absences'],
        'activities': ['marketo.activity_visit_webpage', 'marketo.activity_fill_out_form', 'generic.activities'],
        'status_changes': ['generic.status_changes'],
        'assignments': ['generic.assignments'],
        'attribute_changes': ['generic.attribute_changes'],
        'touches': ['salesforce.task', 'salesforce.event', 'generic.touches'],
        'opportunities': ['salesforce.opportunity', 'generic.opportunities'],
        'opportunity_contacts': ['salesforce.opportunity_contact_role', 'generic.opportunity_contacts'],
        'opportunity_stage_changes': ['salesforce.opportunity_history', 'generic.opportunity_stage_changes'],
        'campaigns': ['salesforce.campaign', 'generic.campaigns'],
        'campaign_members': ['salesforce.campaign_member', 'generic.campaign_members'],
        'record_links': ['generic.record_links'],
        'field_changes': ['salesforce.lead_history', 'salesforce.contact_history'],
        'unread': ['salesforce.opportunity_field_history'],
    } %}
    {% set enabled = [] %}
    {% for feed in feeds[entity] %}
        {% set vendor, table = feed.split('.') %}
        {% if is_source_enabled(vendor, table) %}
            {% do enabled.append({
                'model': 'stg_' ~ vendor ~ '__' ~ table, 'vendor': vendor, 'table': table, 'entity': entity
            }) %}
        {% endif %}
    {% endfor %}
    {% do return(enabled) %}
{% endmacro %}

{#- Every staging model of the vendors that are switched on, read by the conformed layer or not: each accounts for its rows. -#}
{% macro every_staging_model() %}
    {% set feeds = [] %}
    {% for entity in [
        'people', 'accounts', 'reps', 'rep_absences', 'activities', 'status_changes', 'assignments', 'attribute_changes',
        'touches', 'opportunities', 'opportunity_contacts', 'opportunity_stage_changes', 'campaigns',
        'campaign_members', 'record_links', 'field_changes', 'unread',
    ] %}
        {% do feeds.extend(staging_of(entity)) %}
    {% endfor %}
    {% do return(feeds) %}
{% endmacro %}
