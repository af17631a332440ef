"""Accounts: where they stand, who is missing at the table, and what was bought without us."""

from __future__ import annotations

from collections.abc import Mapping

from handoff.review import charts as draw
from handoff.review.marts import Marts, Row
from handoff.review.tables import Column, Spec, Table
from handoff.review.words import words

KEY = "accounts"
TITLE = "Accounts"

STAGES = ("customer", "opportunity", "ready", "engaged", "aware", "target", "none")
LEVELS = ("high", "medium", "low", "unknown", "none")

TABLES = (
    Spec(
        "matrix",
        "Fit against engagement",
        ("rpt_readiness_matrix",),
        f"""
select fit_level, engagement_level,
    cast(sum(accounts) as bigint) as accounts,
    cast(sum(target_accounts) as bigint) as target_accounts,
    cast(sum(ready_accounts) as bigint) as ready_accounts,
    cast(sum(in_opportunity) as bigint) as in_opportunity,
    cast(sum(customers) as bigint) as customers,
    cast(sum(engaged_people) as bigint) as engaged_people
from rpt_readiness_matrix
group by fit_level, engagement_level
order by list_position({list(LEVELS)}, fit_level), list_position({list(LEVELS)}, engagement_level)""",
        (
            Column("fit_level", "Fit", "words"),
            Column("engagement_level", "Engagement", "words"),
            Column("accounts", "Accounts"),
            Column("ready_accounts", "Ready", "share", of="accounts"),
            Column("in_opportunity", "In an opportunity"),
            Column("customers", "Customers"),
            Column("target_accounts", "Targets"),
            Column("engaged_people", "Engaged people"),
        ),
        "No account came in.",
    ),
    Spec(
        "matrix-segments",
        "Fit against engagement, by segment",
        ("rpt_readiness_matrix",),
        f"""
select segment, fit_level, engagement_level, accounts, target_accounts, ready_accounts, in_opportunity, customers,
    engaged_people
from rpt_readiness_matrix
order by segment, list_position({list(LEVELS)}, fit_level), list_position({list(LEVELS)}, engagement_level)""",
        (
            Column("segment", "Segment", "words", offers="choose"),
            Column("fit_level", "Fit", "words", offers="choose"),
            Column("engagement_level", "Engagement", "words", offers="choose"),
            Column("accounts", "Accounts"),
            Column("ready_accounts", "Ready", "share", of="accounts"),
            Column("in_opportunity", "In an opportunity"),
            Column("customers", "Customers"),
            Column("target_accounts", "Targets"),
            Column("engaged_people", "Engaged people"),
        ),
        "No account came in.",
    ),
    Spec(
        "stages",
        "Accounts by readiness stage",
        ("fct_account_readiness",),
        f"""
select readiness_stage, count(*) as accounts, cast(sum(count(*)) over () as bigint) as all_accounts
from fct_account_readiness
group by readiness_stage
order by list_position({list(STAGES)}, readiness_stage), readiness_stage""",
        (Column("readiness_stage", "Stage", "words"), Column("accounts", "Accounts", "share", of="all_accounts")),
        "No account came in.",
    ),
    Spec(
        "criteria",
        "What accounts lack: checks by criterion",
        ("fct_account_readiness_checks",),
        """
select criterion,
    count(*) filter (where status = 'met') as met,
    count(*) filter (where status in ('met', 'unmet', 'too_early')) as asked,
    count(*) filter (where status = 'unmet') as unmet,
    count(*) filter (where status = 'too_early') as too_early,
    count(*) filter (where status = 'not_applicable') as not_applicable
from fct_account_readiness_checks
group by criterion
order by criterion""",
        (
            Column("criterion", "Criterion", "words"),
            Column("met", "Met of those asked", "share", of="asked"),
            Column("unmet", "Unmet"),
            Column("too_early", "Too early"),
            Column("not_applicable", "Not applicable"),
        ),
        "No account came in.",
    ),
    Spec(
        "directions",
        "Which way accounts move",
        ("rpt_account_momentum",),
        """
select direction, readiness_stage, count(*) as accounts, cast(sum(engaged_people_count) as bigint) as engaged_people
from rpt_account_momentum
group by direction, readiness_stage
order by list_position(['warming', 'cooling', 'steady'], direction),
    list_position(['customer', 'opportunity', 'ready', 'engaged', 'aware', 'target', 'none'], readiness_stage)""",
        (
            Column("direction", "Direction", "words", offers="choose"),
            Column("readiness_stage", "Stage", "words", offers="choose"),
            Column("accounts", "Accounts"),
            Column("engaged_people", "Engaged people"),
        ),
        "No account came in.",
    ),
    Spec(
        "momentum",
        "Accounts that warm or cool, the latest to change first",
        ("rpt_account_momentum",),
        """
select account_id, direction, readiness_stage, stage_since, stage_before, stage_reason, surge_percent,
    engaged_people_count, last_engaged_at, missing, next_action
from rpt_account_momentum
where direction <> 'steady'
order by stage_since desc, account_id""",
        (
            Column("account_id", "Account", "account"),
            Column("direction", "Direction", "words", offers="choose"),
            Column("readiness_stage", "Stage", "words", offers="choose"),
            Column("stage_since", "Since", "moment"),
            Column("stage_before", "Before", "words"),
            Column("stage_reason", "What changed it", "prose"),
            Column("surge_percent", "Surge %", "number"),
            Column("engaged_people_count", "Engaged people"),
            Column("last_engaged_at", "Last engaged", "moment"),
            Column("missing", "Missing", "prose"),
            Column("next_action", "To do", "words", offers="choose"),
        ),
        "No account warms or cools.",
        most=60,
    ),
    Spec(
        "gap-roles",
        "Who is missing at the table, by role",
        ("rpt_committee_gaps",),
        """
select buying_role, readiness_stage,
    count(*) as accounts,
    count(*) filter (where coverage = 'known_not_engaged') as known_not_engaged,
    count(*) filter (where coverage = 'nobody_known') as nobody_known
from rpt_committee_gaps
group by buying_role, readiness_stage
order by list_position(['opportunity', 'ready', 'engaged', 'aware', 'target', 'none'], readiness_stage), buying_role""",
        (
            Column("buying_role", "Role", "words", offers="choose"),
            Column("readiness_stage", "Stage", "words", offers="choose"),
            Column("accounts", "Accounts without it"),
            Column("known_not_engaged", "Known, not engaged", "share", of="accounts"),
            Column("nobody_known", "Nobody known", "share", of="accounts"),
        ),
        "No account lacks a role.",
    ),
    Spec(
        "gaps",
        "Committee gaps, the furthest accounts first",
        ("rpt_committee_gaps",),
        """
select account_id, segment, readiness_stage, owner_id, buying_role, coverage, people_known_count, roles_engaged_count,
    what_to_do
from rpt_committee_gaps
order by list_position(['ready', 'opportunity', 'engaged', 'aware', 'target', 'none'], readiness_stage),
    roles_engaged_count desc, account_id, buying_role""",
        (
            Column("account_id", "Account", "account"),
            Column("segment", "Segment", "words", offers="choose"),
            Column("readiness_stage", "Stage", "words", offers="choose"),
            Column("owner_id", "Owner", "key"),
            Column("buying_role", "Role", "words", offers="choose"),
            Column("coverage", "Coverage", "words", offers="choose"),
            Column("people_known_count", "People known"),
            Column("roles_engaged_count", "Roles engaged"),
            Column("what_to_do", "To do", "prose"),
        ),
        "No account lacks a role.",
        most=120,
    ),
    Spec(
        "missed-reasons",
        "Deals that no MQL came before, by reason",
        ("rpt_missed_demand",),
        """
select reason_text, count(*) as deals, cast(sum(count(*)) over () as bigint) as all_deals,
    count(*) filter (where is_won) as won, sum(corporate_amount) as amount,
    count(*) filter (where corporate_amount is null) as without_amount
from rpt_missed_demand
group by reason_text
order by deals desc, reason_text""",
        (
            Column("reason_text", "Reason", "prose"),
            Column("deals", "Deals", "share", of="all_deals"),
            Column("won", "Won"),
            Column("amount", "Amount", "money"),
            Column("without_amount", "without amount"),
        ),
        "Every deal had an MQL before it.",
    ),
    Spec(
        "missed",
        "Deals that no MQL came before",
        ("rpt_missed_demand",),
        """
select opportunity_id, account_id, segment, created_at, stage, is_won, corporate_amount, reason_text,
    people_known_count, engaged_people_count, best_grade
from rpt_missed_demand
order by corporate_amount desc nulls last, opportunity_id""",
        (
            Column("opportunity_id", "Deal", "key"),
            Column("account_id", "Account", "account"),
            Column("segment", "Segment", "words", offers="choose"),
            Column("created_at", "Created", "day"),
            Column("stage", "Stage", "text"),
            Column("is_won", "Won", "yes"),
            Column("corporate_amount", "Amount", "money"),
            Column("reason_text", "Why no MQL", "prose"),
            Column("people_known_count", "People known"),
            Column("engaged_people_count", "Engaged"),
            Column("best_grade", "Best grade", "text"),
        ),
        "Every deal had an MQL before it.",
        most=60,
    ),
)


def facts(marts: Marts) -> Row:
    """How many accounts there are, and how many are ready."""
    return marts.row(
        "select count(*) as accounts, count(*) filter (where readiness_stage = 'ready') as ready "
        "from fct_account_readiness"
    )


def charts(tables: Mapping[str, Table]) -> dict[str, str]:
    drawn = {}
    cells = tables["matrix"].values
    if cells:
        engagement = [level for level in LEVELS if any(row["engagement_level"] == level for row in cells)]
        fit = [level for level in LEVELS if any(row["fit_level"] == level for row in cells)]
        drawn["matrix"] = draw.matrix(
            [{"down": row["fit_level"], "across": row["engagement_level"], "count": row["accounts"]} for row in cells],
            engagement,
            fit,
            ("engagement", "fit"),
            "accounts",
        )
    stages = tables["stages"].values
    if stages:
        drawn["stages"] = draw.bars([(words(row["readiness_stage"]), row["accounts"]) for row in stages], "accounts")
    return drawn
