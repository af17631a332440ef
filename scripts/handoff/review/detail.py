"""What a drawer shows: one person or one account of the sample and the queue, row by row, and nobody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from handoff.review import words
from handoff.review.marts import Marts
from handoff.review.tables import WRITTEN, Kind

SHOWN = """
(
    select person_id, account_id from rpt_follow_up_queue where rank <= $queue_rows
    union
    select person_id, account_id from rpt_handoff_review
    where week_start in (
        select distinct week_start from rpt_handoff_review order by week_start desc limit $review_weeks
    )
)"""
PEOPLE = f"(select distinct person_id from {SHOWN})"
ACCOUNTS = f"(select distinct account_id from {SHOWN} where account_id is not null)"

# The busiest person of a large company has thousands of rows; a drawer shows the first.
MOST_ROWS = 60

# A block of a drawer: its title, its columns with how each is written, and the SQL; whose row it is comes first in it.
Block = tuple[str, tuple[tuple[str, Kind], ...], str]

PERSON_FACTS: tuple[tuple[str, Kind], ...] = (
    ("Account", "account"),
    ("Segment", "words"),
    ("Channel", "words"),
    ("Job function", "words"),
    ("Seniority", "words"),
    ("Buying role", "words"),
    ("Country", "text"),
    ("Status", "words"),
    ("Owner", "key"),
    ("Excluded", "words"),
    ("To do", "words"),
    ("Why", "prose"),
    ("Priority", "text"),
    ("Held back", "words"),
    ("What is missing", "prose"),
    ("Proposed owner", "key"),
    ("Why this owner", "prose"),
    ("Grade", "text"),
    ("Scoring model", "text"),
    ("Fit", "text"),
    ("Engagement", "text"),
    ("Main reasons", "prose"),
)
PERSON_FACTS_SQL = f"""
select people.person_id, people.account_id, people.segment, people.channel, people.job_function, people.seniority,
    people.buying_role, people.country, people.status, people.owner_id, people.exclusion_reason, next.next_action,
    next.action_reason, next.priority, next.held_back_reason, next.held_back_detail, next.recommended_owner_id,
    next.recommended_owner_reason, scores.grade, scores.scoring_model,
    scores.fit_score || ' (band ' || scores.fit_band || ')',
    scores.engagement_score || ' (band ' || scores.engagement_band || ')', scores.top_reasons
from dim_person as people
left join fct_qualifications as next on people.person_id = next.person_id
left join (select * from fct_lead_scores where model_status = 'active') as scores on people.person_id = scores.person_id
where people.person_id in {PEOPLE}
order by people.person_id"""

PERSON_BLOCKS: tuple[Block, ...] = (
    (
        "Clocks",
        (
            ("Clock", "words"),
            ("Verdict", "words"),
            ("Rep", "key"),
            ("Started", "moment"),
            ("Due", "moment"),
            ("Stopped", "moment"),
            ("Target", "seconds"),
            ("Business time", "seconds"),
            ("Stood still for", "prose"),
            ("Excused", "words"),
            ("Calendar", "text"),
            ("Policy", "key"),
        ),
        f"""
select person_id, clock, case when is_time_unknown then 'time unknown' else sla_status end, rep_id, started_at, due_at,
    stopped_at, target_seconds, counted_seconds, pause_reasons, excused_reason, calendar_id, policy_id
from fct_handoff_sla
where person_id in {PEOPLE}
order by person_id, started_at desc, clock, sequence, clock_id""",
    ),
    (
        "MQL cycles",
        (
            ("Opened", "moment"),
            ("Because", "words"),
            ("Grade", "text"),
            ("Action", "words"),
            ("Why", "prose"),
            ("Accepted", "moment"),
            ("Met", "moment"),
            ("Deal", "key"),
            ("Closed", "moment"),
            ("Outcome", "words"),
            ("Reason", "words"),
        ),
        f"""
select person_id, opened_at, entry_reason, grade, next_action, action_reason, accepted_at, meeting_held_at,
    opportunity_id, closed_at, outcome, outcome_reason
from fct_mql_cycles
where person_id in {PEOPLE}
order by person_id, cycle_number desc""",
    ),
    (
        "Status history",
        (
            ("Status", "words"),
            ("From", "moment"),
            ("Until", "moment"),
            ("Reason", "words"),
            ("Told by", "words"),
            ("Allowed step", "yes"),
        ),
        f"""
select person_id, status, valid_from, valid_until, reason, source, is_legal_transition
from fct_mql_status_history
where person_id in {PEOPLE}
order by person_id, cycle_number desc, valid_from desc, status_interval_id""",
    ),
    (
        "Score, row by row",
        (
            ("Reason", "prose"),
            ("Kind", "words"),
            ("Group", "words"),
            ("When", "day"),
            ("Points", "number"),
            ("Weight", "number"),
            ("Counts", "number"),
            ("Rule", "key"),
        ),
        f"""
select points.person_id, points.reason, points.rule_kind, points.score_group, points.occurred_at, points.points,
    points.weight, points.weighted_points, points.rule_id
from fct_score_points as points
inner join fct_lead_scores as scores
    on points.person_id = scores.person_id and points.scoring_model = scores.scoring_model
where scores.model_status = 'active' and points.person_id in {PEOPLE}
order by points.person_id, points.rule_kind desc, abs(points.weighted_points) desc, points.point_id""",
    ),
)

ACCOUNT_FACTS: tuple[tuple[str, Kind], ...] = (
    ("Stage", "words"),
    ("Since", "moment"),
    ("To do", "words"),
    ("Missing", "prose"),
    ("Readiness", "number"),
    ("Fit", "number"),
    ("Engagement", "number"),
    ("Momentum", "words"),
    ("Engaged people", "count"),
    ("Last engaged", "moment"),
    ("Segment", "words"),
    ("Industry", "text"),
    ("Employees", "count"),
    ("Domain", "text"),
    ("Target", "yes"),
    ("Customer", "yes"),
    ("Owner", "key"),
    ("Parent", "key"),
)
ACCOUNT_FACTS_SQL = f"""
select accounts.account_id, ready.readiness_stage, ready.stage_since, ready.next_action, ready.missing,
    ready.readiness_score, ready.account_fit_score, ready.account_engagement_score, ready.momentum,
    ready.engaged_people_count, ready.last_engaged_at, accounts.segment, accounts.industry, accounts.employee_count,
    accounts.domain, accounts.is_target_account, accounts.is_customer, accounts.owner_id, accounts.parent_account_id
from dim_account as accounts
left join fct_account_readiness as ready on accounts.account_id = ready.account_id
where accounts.account_id in {ACCOUNTS}
order by accounts.account_id"""

ACCOUNT_BLOCKS: tuple[Block, ...] = (
    (
        "Criteria",
        (
            ("Criterion", "words"),
            ("Status", "words"),
            ("Is", "number"),
            ("Asked", "number"),
            ("Within days", "count"),
            ("Rule", "key"),
        ),
        f"""
select account_id, criterion, status, actual, threshold, window_days, rule_id
from fct_account_readiness_checks
where account_id in {ACCOUNTS}
order by account_id, list_position(['unmet', 'too_early', 'met', 'not_applicable'], status), criterion""",
    ),
    (
        "Committee",
        (("Role", "words"), ("Known", "count"), ("Engaged", "count"), ("Coverage", "words")),
        f"""
select account_id, buying_role, people_known_count, people_engaged_count, coverage
from fct_account_committee
where account_id in {ACCOUNTS}
order by account_id, buying_role""",
    ),
    (
        "People on this page",
        (("Person", "person"),),
        f"""
select distinct account_id, person_id
from {SHOWN}
where account_id is not null
order by account_id, person_id""",
    ),
    (
        "Stages",
        (("Stage", "words"), ("From", "moment"), ("Until", "moment"), ("What changed it", "prose")),
        f"""
select account_id, readiness_stage, valid_from, valid_until, reason
from fct_account_readiness_history
where account_id in {ACCOUNTS}
order by account_id, valid_from desc""",
    ),
)


def with_drawers(marts: Marts) -> Marts:
    """The marts, knowing whom the page has a drawer for."""
    return replace(
        marts,
        people=frozenset(row["person_id"] for row in marts.rows(f"from {PEOPLE}")),
        accounts=frozenset(
            row["account_id"]
            for row in marts.rows(f"select account_id from dim_account where account_id in {ACCOUNTS}")
        ),
    )


def read_details(marts: Marts) -> dict[str, Any]:
    """Every drawer, in words: what the script puts on the page as text and never as markup."""
    return {
        "person": _drawers(marts, PERSON_FACTS, PERSON_FACTS_SQL, PERSON_BLOCKS)
        | {
            "names": {
                words.without_email(key): words.without_email(name)
                for key, name in sorted(marts.names.items())
                if key in marts.people
            }
        },
        "account": _drawers(marts, ACCOUNT_FACTS, ACCOUNT_FACTS_SQL, ACCOUNT_BLOCKS) | {"names": {}},
    }


def _drawers(
    marts: Marts, facts: Sequence[tuple[str, Kind]], facts_sql: str, blocks: Sequence[Block]
) -> dict[str, Any]:
    """Facts and blocks by id; what is empty for somebody is left out, and titles stand once."""
    rows: dict[str, list[list[list[str]]]] = defaultdict(lambda: [[] for _ in blocks])
    for at, (_, columns, sql) in enumerate(blocks):
        for key, *values in (tuple(row.values()) for row in marts.rows(sql)):
            rows[words.without_email(key)][at].append(
                [_written(kind, value) for (_, kind), value in zip(columns, values, strict=True)]
            )
    told: Mapping[str, list[str]] = {
        words.without_email(key): [
            "" if value is None else _written(kind, value) for (_, kind), value in zip(facts, values, strict=True)
        ]
        for key, *values in (tuple(row.values()) for row in marts.rows(facts_sql))
    }
    return {
        "facts": [[title, kind] for title, kind in facts],
        "blocks": [[title, [[name, kind] for name, kind in columns]] for title, columns, _ in blocks],
        "of": {
            key: [values, [shown[:MOST_ROWS] for shown in rows[key]], [len(shown) for shown in rows[key]]]
            for key, values in told.items()
        },
    }


def _written(kind: Kind, value: Any) -> str:
    """An id stays whole: the script links it and shortens it."""
    written = words.text(value) if kind == "person" else WRITTEN[kind](value)
    return str(words.without_email(written))
