"""The harness itself, and how to use it: fill a model's inputs, run its SQL, read what came out."""

from __future__ import annotations

from datetime import datetime

import pytest
from support.compiled import AS_OF_MARK, compiled_project


def test_a_model_runs_on_the_rows_put_before_it() -> None:
    with compiled_project("generic").warehouse() as warehouse:
        warehouse.load_seeds(
            {
                "rule_calendars": [{"calendar_id": "office", "time_zone": "Europe/Berlin", "is_default": "true"}],
                "rule_business_hours": [
                    {"calendar_id": "office", "iso_weekday": "1", "opens_at": "09:00", "closes_at": "10:00"}
                ],
                "rule_holidays": [],
            }
        )
        warehouse.put(
            "int_clocks_started",
            [
                {
                    "clock_id": "C1",
                    "calendar_id": "office",
                    "started_at": datetime(2026, 1, 3, 12),  # a Saturday
                    "read_at": datetime(2026, 1, 5, 8, 30),
                    "target_seconds": 3600,
                }
            ],
        )
        warehouse.run("int_clock_dues", as_of="2026-01-31 00:00:00")
        (position,) = warehouse.rows("int_clock_positions")
        assert (position["start_seconds"], position["read_seconds"]) == (0, 1800)
        assert warehouse.rows("int_clock_dues") == [{"clock_id": "C1", "due_at": datetime(2026, 1, 5, 9)}]


def test_as_of_is_what_the_test_says() -> None:
    project = compiled_project("generic")
    assert any(AS_OF_MARK in node.sql for node in project.nodes.values())
    with project.warehouse() as warehouse:
        for moment in ("2024-02-29 12:00:00", "2025-01-01 00:00:00"):
            warehouse.run("int_calendar_days", as_of=moment)
            last = max(row["local_date"] for row in warehouse.rows("int_calendar_days"))
            assert last > datetime.fromisoformat(moment).date()


def test_a_misspelt_column_or_model_is_an_error() -> None:
    with compiled_project("generic").warehouse() as warehouse:
        with pytest.raises(KeyError, match="no column stared_at"):
            warehouse.put("int_clocks_started", [{"stared_at": None}])
        with pytest.raises(KeyError, match="no enabled model or seed"):
            warehouse.put("int_clocks_startd")
        with pytest.raises(KeyError, match="no seed is named"):
            warehouse.load_seeds({"rule_calendar": []})


def test_the_whole_project_builds_on_empty_sources() -> None:
    project = compiled_project("salesforce", "marketo", "generic")
    with project.warehouse() as warehouse:
        warehouse.load_seeds()
        warehouse.run(*project.nodes)
        assert warehouse.rows("stg_rules__calendars")
        assert not warehouse.rows("dim_person")
