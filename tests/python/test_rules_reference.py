"""The lists of public facts are what the installed packages say, and the words of the rules do what they promise."""

from __future__ import annotations

import csv
import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
import tldextract

PROJECT = Path(__file__).resolve().parents[2]
SEEDS = PROJECT / "seeds"


@pytest.fixture(scope="module")
def refresh() -> ModuleType:
    found = importlib.util.spec_from_file_location("refresh", PROJECT / "scripts" / "refresh_reference_seeds.py")
    assert found is not None and found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules["refresh"] = module
    found.loader.exec_module(module)
    return module


def rows(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.csv").open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_the_reference_seeds_regenerate_identically(refresh: ModuleType) -> None:
    assert refresh.main(["--check"]) == 0


def test_a_change_by_hand_is_found(refresh: ModuleType, tmp_path: Path) -> None:
    assert refresh.main(["--project", str(tmp_path)]) == 0
    assert refresh.main(["--project", str(tmp_path), "--check"]) == 0
    changed = tmp_path / "seeds" / "reference" / "reference_email_domains.csv"
    changed.write_text(changed.read_text(encoding="utf-8") + "rich.example,free\n", encoding="utf-8")
    assert refresh.main(["--project", str(tmp_path), "--check"]) == 1


def test_holidays_of_a_calendar_of_ones_own_are_kept(refresh: ModuleType, tmp_path: Path) -> None:
    assert refresh.main(["--project", str(tmp_path)]) == 0
    path = tmp_path / "seeds" / "rules" / "handoff_sla" / "rule_holidays.csv"
    own = "warehouse,2026-12-24,Half a day,09:00,12:00\n"
    path.write_text(path.read_text(encoding="utf-8") + own, encoding="utf-8")
    assert refresh.main(["--project", str(tmp_path)]) == 0
    assert path.read_text(encoding="utf-8").endswith(own)


def test_mail_domains_are_registrable_so_that_they_can_match(refresh: ModuleType) -> None:
    extract = tldextract.TLDExtract(suffix_list_urls=(), include_psl_private_domains=False, cache_dir=None)
    for domain in (*refresh.FREE_MAIL_DOMAINS, *refresh.ISP_MAIL_DOMAINS):
        assert extract(domain).top_domain_under_public_suffix == domain
    for row in rows("rules/people/rule_own_domains"):
        assert extract(row["domain"]).top_domain_under_public_suffix in (
            row["domain"],
            "",
        )  # .example is no public suffix


def test_a_known_provider_is_never_called_disposable() -> None:
    kinds = {row["domain"]: row["domain_kind"] for row in rows("reference/reference_email_domains")}
    expected = {"gmail.com": "free", "live.com": "free", "t-online.de": "free", "comcast.net": "isp"}
    assert {domain: kinds[domain] for domain in expected} == expected
    assert kinds["mailinator.com"] == "disposable"
    assert "oliverwyman.com" not in kinds


def test_public_suffixes_stand_in_both_spellings_and_hold_no_private_section() -> None:
    kinds = {row["suffix"]: row["rule_kind"] for row in rows("reference/reference_public_suffixes")}
    assert (kinds["co.uk"], kinds["kobe.jp"], kinds["city.kobe.jp"]) == ("normal", "wildcard", "exception")
    assert kinds["公司.cn"] == kinds["xn--55qx5d.cn"] == "normal"
    assert "github.io" not in kinds and "blogspot.com" not in kinds


@pytest.mark.parametrize(
    ("calendar_id", "day", "is_holiday"),
    [
        ("americas", "2026-11-26", True),
        ("americas", "2026-07-03", True),  # the 4th is a Saturday
        ("emea", "2026-10-03", True),
        ("emea", "2026-11-26", False),
        ("apac", "2026-04-27", True),  # ANZAC Day, a Saturday, is taken on the Monday
        ("apac", "2026-07-03", False),
        ("always_open", "2026-12-25", False),
    ],
)
def test_holidays_are_the_calendars_own(calendar_id: str, day: str, is_holiday: bool) -> None:
    given = {(row["calendar_id"], row["holiday_date"]) for row in rows("rules/handoff_sla/rule_holidays")}
    assert ((calendar_id, day) in given) is is_holiday


TITLES = [
    ("Chief Data Officer", "c_level", "data", "decision_maker"),
    ("CFO", "c_level", "finance", "decision_maker"),
    ("CTO", "c_level", "engineering", "decision_maker"),
    ("VP, Technology", "vp", "it", "decision_maker"),
    ("Vice President of Data & Analytics", "vp", "data", "decision_maker"),
    ("SVP, Procurement", "vp", "procurement", "procurement"),
    ("VP Engineering", "vp", "engineering", "decision_maker"),
    ("Director of Data Engineering", "director", "data", "champion"),
    ("Head of Data Platform", "director", "data", "champion"),
    ("Director of IT", "director", "it", "champion"),
    ("Director of Vendor Relations", "director", "procurement", "procurement"),
    ("Director, Warehouse Mgmt", "director", "operations", "champion"),
    ("Regional General Manager", "director", "other", "influencer"),
    ("IT-Leiter", "director", "it", "champion"),
    ("Engineering Manager", "manager", "engineering", "influencer"),
    ("Analytics Manager", "manager", "data", "influencer"),
    ("Responsable Marketing", "manager", "marketing", "influencer"),
    ("Product Owner", "individual", "engineering", "influencer"),
    ("Senior Data Engineer", "individual", "data", "technical_evaluator"),
    ("Site Reliability Engineer", "individual", "engineering", "technical_evaluator"),
    ("Operations Analyst", "individual", "operations", "user"),
    ("Financial Analyst", "individual", "finance", "user"),
    ("Executive Assistant to the CEO", "individual", "other", "user"),
    ("Systems Administrator", "individual", "it", "technical_evaluator"),
    ("Geschäftsführer", "c_level", "other", "decision_maker"),
    ("Directeur général", "c_level", "other", "decision_maker"),
    ("Directora de Datos", "director", "data", "champion"),
    ("Ingénieur logiciel", "individual", "engineering", "technical_evaluator"),
    ("Étudiante", "student", None, None),
    ("Marketing Intern", "student", "marketing", None),
    ("Co-Founder", "c_level", "other", "decision_maker"),
    ("Dean of Administration", "director", "operations", "champion"),
    ("Interim Baker", None, None, None),
]


@pytest.mark.parametrize(("title", "seniority", "job_function", "buying_role"), TITLES, ids=[row[0] for row in TITLES])
def test_titles_mean_what_a_reader_takes_them_for(
    title: str, seniority: str | None, job_function: str | None, buying_role: str | None
) -> None:
    words = " " + re.sub(r"[^\w&+]+|_", " ", title.lower()) + " "
    given: dict[str, str] = {}
    for row in sorted(rows("rules/people/rule_titles"), key=lambda row: int(row["sort_order"])):
        assert row["operator"] == "word"
        if f" {row['value']} " in words:
            given.setdefault(row["assigns"], row["assigned_value"])
    assert (given.get("seniority"), given.get("job_function"), given.get("buying_role")) == (
        seniority,
        job_function,
        buying_role,
    )


@pytest.mark.parametrize(
    ("user_agent", "is_bot"),
    [
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", True),
        ("Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 HeadlessChrome/124.0.0.0 Safari/537.36", True),
        ("python-requests/2.31.0", True),
        ("Mozilla/5.0 (Linux; Android 9; CUBOT X20) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36", False),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1",
            False,
        ),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0", False),
    ],
)
def test_crawlers_are_bots_and_telephones_are_not(user_agent: str, is_bot: bool) -> None:
    patterns = [
        row["value"] if row["operator"] == "matches" else re.escape(row["value"])
        for row in rows("rules/lead_scoring/rule_bot_filters")
        if row["match_field"] == "user_agent" and not row["also_match_field"]
    ]
    assert any(re.search(pattern, user_agent.lower()) for pattern in patterns) is is_bot


@pytest.mark.parametrize(
    ("host", "kind"),
    [
        ("chatgpt.com", "ai_assistant"),
        ("www.perplexity.ai", "ai_assistant"),
        ("claude.ai", "ai_assistant"),
        ("gemini.google.com", "ai_assistant"),
        ("copilot.microsoft.com", "ai_assistant"),
        ("www.google.co.uk", "search"),
        ("mail.google.com", "webmail"),
        ("www.microsoft.com", ""),
        ("notchatgpt.com", ""),
        ("claude.ai.example", ""),
    ],
)
def test_a_referrer_is_known_by_its_host_and_by_nothing_less(host: str, kind: str) -> None:
    kinds = {row["domain"]: row["referrer_kind"] for row in rows("rules/lead_scoring/rule_referrers")}
    labels = host.split(".")
    endings = [".".join(labels[place:]) for place in range(len(labels))]
    assert next((kinds[ending] for ending in endings if ending in kinds), "") == kind
