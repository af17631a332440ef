-- A mart names an account, deal or campaign that did not land: told as a warning, for the CRM alone can mend it.
{{ config(severity='warn') }}
{% set targets = {
    'dim_account': {
        'key': 'account_id',
        'columns': ['account_id', 'runner_up_account_id', 'parent_account_id', 'ultimate_parent_account_id'],
    },
    'fct_opportunities': {'key': 'opportunity_id', 'columns': ['opportunity_id', 'credited_opportunity_id']},
    'dim_campaign': {'key': 'campaign_id', 'columns': ['campaign_id']},
} %}
{% set marts = [
    'dim_account', 'dim_campaign', 'dim_person', 'fct_account_committee', 'fct_account_family_readiness',
    'fct_account_match_candidates', 'fct_account_matches', 'fct_account_readiness',
    'fct_account_readiness_checks', 'fct_account_readiness_history', 'fct_campaign_costs',
    'fct_compared_mqls', 'fct_cycle_scores_judged', 'fct_draft_qualifications', 'fct_handoffs',
    'fct_mql_cycles', 'fct_mql_funnel', 'fct_open_handoffs', 'fct_opportunities', 'fct_opportunity_people',
    'fct_sent_back_cells', 'fct_signals', 'rpt_account_match_review', 'rpt_account_momentum',
    'rpt_campaign_audience', 'rpt_committee_gaps', 'rpt_disqualification_feedback', 'rpt_dropped_hand_raises',
    'rpt_follow_up_queue', 'rpt_handoff_review', 'rpt_missed_demand', 'rpt_mql_funnel', 'rpt_nurture_gaps',
] %}

{{ unfound_keys(marts, targets) }}
