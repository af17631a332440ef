"""What each rule seed may hold: one pydantic model per file, named by the seed."""

from __future__ import annotations

from handoff.rule_schemas import account_readiness, handoff_sla, lead_scoring, mql_lifecycle, people
from handoff.rule_schemas.base import RuleRow

SCHEMAS: dict[str, type[RuleRow]] = {
    "rules/lead_scoring/rule_scoring_models": lead_scoring.ScoringModel,
    "rules/lead_scoring/rule_score_groups": lead_scoring.ScoreGroup,
    "rules/lead_scoring/rule_score_points": lead_scoring.ScorePoints,
    "rules/lead_scoring/rule_score_bands": lead_scoring.ScoreBand,
    "rules/lead_scoring/rule_qualification_matrix": lead_scoring.QualifyingGrade,
    "rules/lead_scoring/rule_signals": lead_scoring.Signal,
    "rules/lead_scoring/rule_bot_filters": lead_scoring.BotFilter,
    "rules/lead_scoring/rule_referrers": lead_scoring.Referrer,
    "rules/lead_scoring/rule_calibration_periods": lead_scoring.CalibrationPeriod,
    "rules/lead_scoring/rule_leaky_fields": lead_scoring.LeakyField,
    "rules/lead_scoring/rule_review_triggers": lead_scoring.ReviewTrigger,
    "rules/people/rule_exclusions": people.Exclusion,
    "rules/people/rule_titles": people.Title,
    "rules/people/rule_segments": people.SegmentSize,
    "rules/people/rule_channels": people.ChannelRule,
    "rules/people/rule_own_domains": people.OwnDomain,
    "rules/people/rule_mail_providers": people.MailProvider,
    "rules/people/rule_shared_mailboxes": people.SharedMailbox,
    "rules/account_readiness/rule_readiness_criteria": account_readiness.ReadinessCriterion,
    "rules/account_readiness/rule_readiness_stages": account_readiness.ReadinessStage,
    "rules/account_readiness/rule_readiness_returns": account_readiness.ReadinessReturn,
    "rules/account_readiness/rule_readiness_levels": account_readiness.ReadinessLevel,
    "rules/account_readiness/rule_buying_roles": account_readiness.ContactRole,
    "rules/mql_lifecycle/rule_statuses": mql_lifecycle.Status,
    "rules/mql_lifecycle/rule_status_map": mql_lifecycle.MappedStatus,
    "rules/mql_lifecycle/rule_status_transitions": mql_lifecycle.StatusTransition,
    "rules/mql_lifecycle/rule_cycle_policies": mql_lifecycle.CyclePolicy,
    "rules/mql_lifecycle/rule_routing": mql_lifecycle.Routing,
    "rules/handoff_sla/rule_sla_policies": handoff_sla.SlaPolicy,
    "rules/handoff_sla/rule_calendars": handoff_sla.Calendar,
    "rules/handoff_sla/rule_business_hours": handoff_sla.BusinessHours,
    "rules/handoff_sla/rule_holidays": handoff_sla.Holiday,
    "rules/handoff_sla/rule_team_calendars": handoff_sla.TeamCalendar,
    "rules/handoff_sla/rule_qualifying_touches": handoff_sla.QualifyingTouch,
    "rules/handoff_sla/rule_sla_excuses": handoff_sla.SlaExcuse,
    "rules/core/rule_currency_rates": handoff_sla.CurrencyRate,
    "reference/reference_email_domains": people.EmailDomain,
    "reference/reference_public_suffixes": people.PublicSuffix,
    "reference/reference_role_mailboxes": people.RoleMailbox,
}
