"""One value per field and person, by the shipped rules: the models' SQL against plain sorts, written apart."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from support.compiled import compiled_project

SYSTEMS = ("salesforce", "hubspot", "generic", "marketo", "pardot")
MARKETING = ("marketo", "pardot")


@dataclass(frozen=True)
class Record:
    key: str
    person: str
    system: str
    is_contact: bool
    is_survivor: bool
    updated_at: str | None
    is_merged: bool
    is_converted: bool
    email_kind: str
    value: str | None
    status: str | None


def newest_first(record: Record) -> int:
    return -int((record.updated_at or "0000-00-00").replace("-", ""))


def as_told(record: Record) -> tuple[object, ...]:
    return (
        record.is_merged,
        newest_first(record),
        SYSTEMS.index(record.system),
        not record.is_survivor,
        record.key,
    )


def as_mailed(record: Record) -> tuple[object, ...]:
    return (record.email_kind in ("missing", "invalid"), *as_told(record))


def as_found(record: Record) -> tuple[object, ...]:
    return (not record.is_survivor, SYSTEMS.index(record.system), record.key)


def as_worked(record: Record) -> tuple[object, ...]:
    last = MARKETING.index(record.system) + 1 if record.system in MARKETING else 0
    return (record.is_converted, last, newest_first(record), not record.is_contact, record.key)


def first(
    records: list[Record], order: Callable[[Record], tuple[object, ...]], value: Callable[[Record], str | None]
) -> str | None:
    return next((told for record in sorted(records, key=order) if (told := value(record)) is not None), None)


def drawn(draw: random.Random, person: str) -> list[Record]:
    count = draw.randrange(1, 7)
    survivor = draw.randrange(count)
    return [
        Record(
            key=f"{draw.randrange(10**9):09d}-{person}-{place}",
            person=person,
            system=draw.choice(SYSTEMS),
            is_contact=draw.random() < 0.5,
            is_survivor=place == survivor,
            updated_at=draw.choice([None, "2025-01-01", "2025-01-02", "2025-01-03"]),
            is_merged=draw.random() < 0.2,
            is_converted=draw.random() < 0.2,
            email_kind=draw.choice(["missing", "invalid", "corporate", "free"]),
            value=draw.choice([None, f"v{place}"]),
            status=draw.choice([None, f"s{place}"]),
        )
        for place in range(count)
    ]


def survived(people: list[list[Record]]) -> dict[str, dict[str, object]]:
    records = [record for person in people for record in person]
    with compiled_project("generic").warehouse() as warehouse:
        warehouse.put(
            "int_people_unioned",
            [
                {
                    "record_key": record.key,
                    "source_system": record.system,
                    "record_id": record.key,
                    "record_type": "contact" if record.is_contact else "lead",
                    "updated_at": record.updated_at,
                    "is_merged": record.is_merged,
                    "converted_contact_id": "some" if record.is_converted else None,
                    "job_title": record.value,
                    "lead_source": record.value,
                    "status": record.status,
                }
                for record in records
            ],
        )
        warehouse.put(
            "int_person_records_resolved",
            [
                {"record_key": record.key, "person_id": record.person, "is_survivor": record.is_survivor}
                for record in records
            ],
        )
        warehouse.put(
            "int_record_emails_classified",
            [
                {
                    "record_key": record.key,
                    "email_kind": record.email_kind,
                    "email_domain": record.key if record.email_kind in ("corporate", "free") else None,
                }
                for record in records
            ],
        )
        warehouse.run("int_person_fields_survived")
        return {row["person_id"]: row for row in warehouse.rows("int_person_fields_survived")}


@pytest.mark.parametrize("count", [2_000, pytest.param(40_000, marks=pytest.mark.long)], ids=["sample", "many"])
def test_each_field_survives_by_its_rules(count: int) -> None:
    draw = random.Random(count)
    people = [drawn(draw, f"P{number}") for number in range(count)]
    found = survived(people)
    for records in people:
        person = found[records[0].person]
        addressed = [record for record in records if record.email_kind in ("corporate", "free")]
        assert person["job_title"] == first(records, as_told, lambda record: record.value), records
        assert person["lead_source"] == first(records, as_found, lambda record: record.value), records
        assert person["email_kind"] == first(records, as_mailed, lambda record: record.email_kind), records
        assert person["email_domain"] == first(addressed, as_mailed, lambda record: record.key), records
        assert person["crm_status"] == first(
            [record for record in records if not record.is_merged], as_worked, lambda record: record.status
        ), records
        assert person["record_id"] == next(record.key for record in records if record.is_survivor)
