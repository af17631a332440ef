-- A mart names a person, cycle, handoff, signal or scoring model that the mart of these does not have: joins lose rows.
{% set targets = {
    'dim_person': {'key': 'person_id', 'columns': ['person_id', 'linked_person_id', 'example_person_id']},
    'fct_mql_cycles': {'key': 'mql_id', 'columns': ['mql_id', 'sourced_mql_id', 'example_mql_id']},
    'fct_handoffs': {'key': 'handoff_id', 'columns': ['handoff_id']},
    'fct_handoff_sla': {'key': 'clock_id', 'columns': ['parent_clock_id']},
    'fct_signals': {'key': 'signal_id', 'columns': ['signal_id', 'entry_signal_id', 'change_signal_id']},
    'dim_scoring_model': {'key': 'scoring_model', 'columns': ['scoring_model', 'active_model', 'draft_model']},
    'fct_review_sample': {'key': 'review_id', 'columns': ['review_id']},
} %}
{% set marts = [
    'bridge_person_records', 'dim_person', 'dim_score_rule', 'dim_scoring_model', 'export_crm_reminders',
    'fct_account_match_candidates', 'fct_account_matches', 'fct_compared_mqls', 'fct_content_engagement',
    'fct_crm_status_changes', 'fct_crm_status_history', 'fct_cycle_scores_judged', 'fct_definition_sides',
    'fct_draft_qualifications', 'fct_engagement_states', 'fct_fit_points', 'fct_fit_scores',
    'fct_handoff_sla', 'fct_handoffs', 'fct_lead_score_history', 'fct_lead_score_instants', 'fct_lead_scores',
    'fct_mql_cycles', 'fct_mql_funnel', 'fct_mql_status_history', 'fct_mql_status_transitions',
    'fct_nurture_gaps', 'fct_open_handoffs', 'fct_opportunities', 'fct_opportunity_people',
    'fct_person_completeness', 'fct_person_exclusions', 'fct_qualifications', 'fct_record_links',
    'fct_review_sample', 'fct_review_verdicts', 'fct_rule_effects', 'fct_rule_overrides',
    'fct_score_discrimination', 'fct_score_periods', 'fct_score_points', 'fct_score_points_dropped',
    'fct_signals', 'fct_status_completeness', 'fct_vendor_scores', 'rpt_account_match_review',
    'rpt_definition_change', 'rpt_dropped_hand_raises', 'rpt_follow_up_queue', 'rpt_handoff_review',
    'rpt_held_back', 'rpt_mql_funnel', 'rpt_mql_in_context', 'rpt_nurture_gaps', 'rpt_rule_usefulness',
    'rpt_score_calibration', 'rpt_scoring_model_comparison', 'rpt_scoring_model_health',
    'rpt_status_evidence', 'rpt_status_transitions', 'rpt_vendor_score_comparison',
] %}

{{ unfound_keys(marts, targets) }}
