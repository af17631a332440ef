"""What the tables of score quality, rejections and accounts must read, worked out from whole marts."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from support.review_oracle import (
    Expected,
    Marts,
    Row,
    amount,
    audience,
    day,
    figure,
    groups,
    minute,
    plain,
    rate,
    rows_as,
    share,
    spoken,
    total,
    whole,
    yes,
)

Table = tuple[tuple[str, ...], Expected]


def score(marts: Marts) -> dict[str, Table]:
    bands = marts("rpt_score_calibration")
    changes = marts("rpt_definition_change")
    volumes = [row for row in changes if row["measure"] == "volume"]
    signals = groups((row for row in marts("rpt_signal_quality") if row["week_start"] >= marts.since), "signal_name")

    def state(row: Row) -> str:
        if row["is_baseline"]:
            return "baseline"
        if not row["has_enough_scored"]:
            return "too few people to judge"
        if row["is_review_due"] or row["has_population_shifted"]:
            return "review"
        return "watch" if row["is_population_moving"] else "steady"

    def told(rows: list[Row]) -> dict[str, str]:
        came = total(rows, "signals")
        by_reason = {reason: total(some, "signals") for reason, some in groups(rows, "dropped_reason").items()}
        others = sorted(spoken(reason) for reason in by_reason if reason not in ("counted", "bot"))
        return {
            "counted": share(by_reason.get("counted", 0), came),
            "bots": share(by_reason.get("bot", 0), came),
            "otherwise": share(came - by_reason.get("counted", 0) - by_reason.get("bot", 0), came),
            "reasons": ", ".join(others) or "–",
            "over_daily_cap": whole(total(rows, "over_daily_cap")),
        }

    return {
        "calibration": (
            ("scoring_model", "score_kind", "label", "score_band"),
            rows_as(
                (row for row in bands if row["split"] == "all" and row["fit_basis"] == "any"),
                lambda row: (row["scoring_model"], row["score_kind"], spoken(row["label"]), row["score_band"]),
                lambda row: (
                    {"positives": rate(row["positives"], row["mqls"]), "lift": figure(row["lift"])}
                    | {"horizon_days": whole(row["horizon_days"])}
                ),
            ),
        ),
        "discrimination": (
            ("scoring_model", "score_kind", "label", "split", "fit_basis"),
            {
                (model, kind, spoken(label), spoken(split), spoken(basis)): {
                    "auc": figure(rows[0]["auc"]),
                    "auc_interval": "–"
                    if rows[0]["auc"] is None
                    else f"{rows[0]['auc_lower']:.2f} to {rows[0]['auc_upper']:.2f}",
                    "positives": rate(total(rows, "positives"), total(rows, "mqls")),
                    "horizon_days": whole(rows[0]["horizon_days"]),
                }
                for (model, kind, label, split, basis), rows in groups(
                    bands, "scoring_model", "score_kind", "label", "split", "fit_basis"
                ).items()
            },
        ),
        "health": (
            ("scoring_model", "period_from"),
            rows_as(
                marts("rpt_scoring_model_health"),
                lambda row: (row["scoring_model"], day(row["period_from"])),
                lambda row: {
                    "model_status": row["model_status"],
                    "people_qualified": rate(row["people_qualified"], row["people_scored"]),
                    "accepted": rate(row["accepted"], row["decided"]),
                    "fit_stability_index": figure(row["fit_stability_index"]),
                    "engagement_stability_index": figure(row["engagement_stability_index"]),
                    "state": state(row),
                    "review_by": day(row["review_by"]),
                    "review_reason": row["review_reason"] or "none",
                },
            ),
        ),
        "definition-change": (
            ("scoring_model", "measure"),
            rows_as(
                (row for row in changes if row["measure"] != "volume"),
                lambda row: (row["scoring_model"] + ("" if row["is_mature"] else " *"), spoken(row["measure"])),
                lambda row: {
                    "previous_model": plain(row["previous_model"]),
                    "changed_at": day(row["changed_at"]),
                    "before_count": rate(row["before_count"], row["before_of"] or 0),
                    "after_count": rate(row["after_count"], row["after_of"] or 0),
                    "after_too_early": whole(row["after_too_early"]),
                    "verdict": spoken(row["verdict"]),
                },
            ),
        ),
        "definition-volume": (
            ("scoring_model",),
            rows_as(
                volumes,
                lambda row: row["scoring_model"],
                lambda row: (
                    {
                        "previous_model": plain(row["previous_model"]),
                        "changed_at": day(row["changed_at"]),
                        "verdict": spoken(row["verdict"]),
                    }
                    | {
                        f"{side}_{name}": text
                        for side in ("before", "after")
                        for name, text in (
                            ("rate", figure(row[f"{side}_rate"])),
                            ("interval", f"{row[f'{side}_rate_lower']:.1f} to {row[f'{side}_rate_upper']:.1f}"),
                            ("count", whole(row[f"{side}_count"])),
                            ("days", figure(row[f"{side}_days"])),
                        )
                    }
                ),
            ),
        ),
        "rules": (
            ("scoring_model", "rule_id"),
            rows_as(
                marts("rpt_rule_usefulness"),
                lambda row: (row["scoring_model"], row["rule_id"]),
                lambda row: (
                    {
                        "rule_kind": spoken(row["rule_kind"]),
                        "reason": row["reason"],
                        "points": figure(row["points"]),
                        "accepted": rate(row["accepted"], row["cycles_decided"]),
                        "other_accepted": rate(row["other_accepted"], row["other_cycles_decided"]),
                        "opportunities": rate(row["opportunities"], row["cycles_decided"]),
                        "verdict": spoken(row["verdict"]),
                    }
                    | {one: whole(row[one]) for one in ("people_with_points", "people_lifted", "people_kept_out")}
                ),
            ),
        ),
        "signals": (("signal_name",), {spoken(name): told(rows) for name, rows in signals.items()}),
    }


def rejections(marts: Marts) -> dict[str, Table]:
    sent_back = [row for row in marts("fct_mql_funnel") if row["is_sent_back"]]
    recent = [row for row in marts("rpt_rule_overrides") if row["week_start"] >= marts.since]

    def people(rows: list[Row]) -> dict[str, str]:
        everybody, right, cost = total(rows, "people"), audience(rows, "AB"), sum(row["cost"] or 0 for row in rows)
        is_known = any(row["cost"] is not None for row in rows)
        return {
            "people": whole(everybody),
            "right_people": rate(right, everybody),
            "cost": amount(cost if is_known else None),
            "cost_per_right_person": amount(Fraction(cost) / right if right and is_known else None),
        }

    return {
        "reasons": (
            ("reason",),
            {
                spoken(reason or "none given"): {
                    "sent_back": share(len(rows), len(sent_back)),
                    **{
                        end: whole(Counter(row["outcome"] for row in rows)[end]) for end in ("rejected", "disqualified")
                    },
                    "recycled": whole(sum(row["outcome"] == "recycled" for row in rows)),
                    "before_acceptance": whole(sum(row["accepted_at"] is None for row in rows)),
                }
                for reason, rows in groups(sent_back, "outcome_reason").items()
            },
        ),
        "feedback": (
            ("reason", "channel", "campaign_id", "segment", "rule_id"),
            rows_as(
                marts("rpt_disqualification_feedback"),
                lambda row: (
                    *(spoken(row["reason"]), spoken(row["channel"]), row["campaign_id"], spoken(row["segment"])),
                    row["rule_id"],
                ),
                lambda row: {
                    "rejected": whole(row["rejected"]),
                    "judged_rejected": rate(row["judged_rejected"], row["mqls"]),
                    "judged_by": spoken(row["judged_by"]),
                    "concerned_rejected": rate(row["concerned_rejected"], row["concerned_mqls"]),
                    "trend": spoken(row["trend"]),
                    "proposed_change": spoken(row["proposed_change"]),
                    "proposed_change_text": row["proposed_change_text"],
                },
            ),
        ),
        "audience": (
            ("channel",),
            {
                spoken(channel): people(rows)
                | {
                    "active": rate(audience(rows, "ABCDX", "12"), total(rows, "people")),
                    "right_and_active": rate(audience(rows, "AB", "12"), total(rows, "people")),
                    "only_active": rate(audience(rows, "CDX", "12"), total(rows, "people")),
                    "cost_per_person": amount(
                        Fraction(total(rows, "cost")) / total(rows, "people")
                        if total(rows, "people") and any(row["cost"] is not None for row in rows)
                        else None
                    ),
                    "has_cost_left_out": yes(any(row["has_cost_left_out"] for row in rows)),
                }
                for channel, rows in groups(marts("rpt_audience_quality"), "channel").items()
            },
        ),
        "campaign-audience": (
            ("campaign_id", "channel"),
            {
                (campaign, spoken(channel)): people(rows)
                | {one: whole(total(rows, one)) for one in ("mqls", "opportunities")}
                for (campaign, channel), rows in groups(
                    marts("rpt_campaign_audience"), "campaign_id", "channel"
                ).items()
            },
        ),
        "overrides": (
            ("week_start", "team", "override_kind"),
            rows_as(
                recent,
                lambda row: (day(row["week_start"]), row["team"], spoken(row["override_kind"])),
                lambda row: (
                    {"overrides": rate(row["overrides"], row["occasions"]), "reps": whole(row["reps"])}
                    | {one: whole(row[one]) for one in ("overrides_by_automation", "overrides_of_excluded")}
                ),
            ),
        ),
        "overrides-kinds": (
            ("override_kind", "team"),
            {
                (spoken(kind), team): {"overrides": rate(total(rows, "overrides"), total(rows, "occasions"))}
                | {one: whole(total(rows, one)) for one in ("overrides_by_automation", "overrides_of_excluded")}
                for (kind, team), rows in groups(recent, "override_kind", "team").items()
            },
        ),
    }


def accounts(marts: Marts) -> dict[str, Table]:
    ready, checks = marts("fct_account_readiness"), marts("fct_account_readiness_checks")
    cells, gaps, missed = marts("rpt_readiness_matrix"), marts("rpt_committee_gaps"), marts("rpt_missed_demand")

    def counted(rows: list[Row]) -> dict[str, str]:
        return {
            "accounts": whole(total(rows, "accounts")),
            "ready_accounts": share(total(rows, "ready_accounts"), total(rows, "accounts")),
        } | {
            one: whole(total(rows, one)) for one in ("in_opportunity", "customers", "target_accounts", "engaged_people")
        }

    def asked(rows: list[Row]) -> dict[str, str]:
        status = Counter(row["status"] for row in rows)
        return {"met": share(status["met"], status["met"] + status["unmet"] + status["too_early"])} | {
            one: whole(status[one]) for one in ("unmet", "too_early", "not_applicable")
        }

    return {
        "matrix": (
            ("fit_level", "engagement_level"),
            {key: counted(rows) for key, rows in groups(cells, "fit_level", "engagement_level").items()},
        ),
        "matrix-segments": (
            ("segment", "fit_level", "engagement_level"),
            {
                (spoken(segment), fit, engagement): counted(rows)
                for (segment, fit, engagement), rows in groups(
                    cells, "segment", "fit_level", "engagement_level"
                ).items()
            },
        ),
        "stages": (
            ("readiness_stage",),
            {
                spoken(stage): {"accounts": share(len(rows), len(ready))}
                for stage, rows in groups(ready, "readiness_stage").items()
            },
        ),
        "criteria": (("criterion",), {spoken(one): asked(rows) for one, rows in groups(checks, "criterion").items()}),
        "directions": (
            ("direction", "readiness_stage"),
            {
                key: {"accounts": whole(len(rows)), "engaged_people": whole(total(rows, "engaged_people_count"))}
                for key, rows in groups(marts("rpt_account_momentum"), "direction", "readiness_stage").items()
            },
        ),
        "momentum": (
            ("account_id",),
            rows_as(
                (row for row in marts("rpt_account_momentum") if row["direction"] != "steady"),
                lambda row: row["account_id"],
                lambda row: (
                    {one: spoken(row[one]) for one in ("direction", "readiness_stage", "stage_before", "next_action")}
                    | {one: minute(row[one]) for one in ("stage_since", "last_engaged_at")}
                    | {one: " ".join(plain(row[one]).split()) for one in ("stage_reason", "missing")}
                    | {"surge_percent": figure(row["surge_percent"])}
                    | {"engaged_people_count": whole(row["engaged_people_count"])}
                ),
            ),
        ),
        "gap-roles": (
            ("buying_role", "readiness_stage"),
            {
                (spoken(role), stage): {"accounts": whole(len(rows))}
                | {
                    one: share(sum(row["coverage"] == one for row in rows), len(rows))
                    for one in ("known_not_engaged", "nobody_known")
                }
                for (role, stage), rows in groups(gaps, "buying_role", "readiness_stage").items()
            },
        ),
        "gaps": (
            ("account_id", "buying_role"),
            rows_as(
                gaps,
                lambda row: (row["account_id"], spoken(row["buying_role"])),
                lambda row: (
                    {one: spoken(row[one]) for one in ("segment", "readiness_stage", "coverage")}
                    | {"owner_id": plain(row["owner_id"]), "what_to_do": row["what_to_do"]}
                    | {one: whole(row[one]) for one in ("people_known_count", "roles_engaged_count")}
                ),
            ),
        ),
        "missed-reasons": (
            ("reason_text",),
            {
                reason: {
                    "deals": share(len(rows), len(missed)),
                    "won": whole(sum(row["is_won"] for row in rows)),
                    "amount": amount(total(rows, "corporate_amount")),
                    "without_amount": whole(sum(row["corporate_amount"] is None for row in rows)),
                }
                for reason, rows in groups(missed, "reason_text").items()
            },
        ),
        "missed": (
            ("opportunity_id",),
            rows_as(
                missed,
                lambda row: row["opportunity_id"],
                lambda row: (
                    {
                        "account_id": plain(row["account_id"]),
                        "segment": spoken(row["segment"]),
                        "created_at": day(row["created_at"]),
                        "stage": plain(row["stage"]),
                        "is_won": yes(row["is_won"]),
                        "corporate_amount": amount(row["corporate_amount"]),
                        "reason_text": row["reason_text"],
                        "best_grade": plain(row["best_grade"]),
                    }
                    | {one: whole(row[one]) for one in ("people_known_count", "engaged_people_count")}
                ),
            ),
        ),
    }
