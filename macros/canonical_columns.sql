{#-
    The columns in which every vendor's staging hands over a canonical entity (section 2 of the data contract), in order:
    list of {name, type}. Beside the contract's they hold `record_key`, the key of a record over all vendors, and
    `<time>_precision` (exact, day) for the times that clocks may run by.
    entity: people, accounts, reps, rep_absences, activities, status_changes, assignments, attribute_changes, touches,
    opportunities, opportunity_contacts, opportunity_stage_changes, campaigns, campaign_members, record_links; and
    vendor_scores, the scores that the vendors themselves gave a record, which no rule reads.
    Written as name:letter; t timestamp, d date, b boolean, i whole number, n amount, no letter text.
-#}
{% macro canonical_columns(entity) %}
    {% set entities = {
        'people':
            'record_key record_id record_type email first_name last_name job_title phone company_name ' ~
            'company_domain country region industry employee_count:i annual_revenue:n lead_source ' ~
            'lead_source_detail status owner_id account_id created_at:t created_at_precision updated_at:t ' ~
            'converted_at:t converted_at_precision converted_contact_id converted_account_id ' ~
            'converted_opportunity_id merged_into_id merged_at:t merged_at_precision is_email_opt_out:b is_deleted:b',
        'accounts':
            'account_id account_name domain parent_account_id account_type industry employee_count:i ' ~
            'annual_revenue:n country owner_id is_target_account:b created_at:t created_at_precision is_deleted:b',
        'reps': 'rep_id rep_name email team role manager_id calendar_id is_active:b is_automation:b',
        'rep_absences': 'rep_id absent_from:t absent_from_precision absent_until:t ' ~
            'absent_until_precision',
        'activities':
            'activity_id record_key record_id activity_type occurred_at:t occurred_at_precision channel asset_id ' ~
            'asset_name url referrer search_term utm_source utm_medium utm_campaign campaign_id user_agent ' ~
            'is_bot:b',
        'status_changes':
            'change_id record_key record_id changed_at:t changed_at_precision old_status new_status reason ' ~
            'changed_by',
        'assignments':
            'assignment_id record_key record_id assigned_at:t assigned_at_precision old_owner_id new_owner_id',
        'attribute_changes':
            'change_id record_key record_id account_id attribute changed_at:t changed_at_precision old_value ' ~
            'new_value',
        'touches':
            'touch_id record_key record_id account_id rep_id touch_type occurred_at:t occurred_at_precision ' ~
            'completed_at:t completed_at_precision outcome is_automated:b is_completed:b',
        'opportunities':
            'opportunity_id account_id created_at:t created_at_precision stage amount:n currency close_date:d ' ~
            'closed_at:t closed_at_precision is_won:b is_closed:b owner_id opportunity_type is_deleted:b',
        'opportunity_contacts': 'opportunity_id record_key record_id role is_primary:b',
        'opportunity_stage_changes':
            'change_id opportunity_id changed_at:t changed_at_precision new_stage amount:n',
        'campaigns': 'campaign_id campaign_name campaign_type channel cost:n currency started_on:d ended_on:d',
        'campaign_members':
            'campaign_id record_key record_id status has_responded:b responded_at:t responded_at_precision',
        'record_links': 'record_key record_id other_source_system other_record_id other_record_key',
        'vendor_scores': 'record_key record_id score_name vendor_score:n vendor_grade told_at:t',
    } %}
    {% set types = {'t': 'timestamp', 'd': 'date', 'b': 'boolean', 'i': 'bigint', 'n': 'numeric(18, 2)'} %}
    {% set columns = [] %}
    {% for column in entities[entity].split() %}
        {% set name, _, letter = column.partition(':') %}
        {% do columns.append({'name': name, 'type': types.get(letter, 'varchar')}) %}
    {% endfor %}
    {% do return(columns) %}
{% endmacro %}
