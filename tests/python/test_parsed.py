"""A kept parse saves time and changes nothing: it is used for the same project alone, and a broken one is no harm."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from handoff.parsed import KEPT, keep_parse, kept_parse, parse_key
from runner_support import PROJECT, handoff, people

VARS = {"as_of": "2024-05-01 00:00:00", "sources": {"generic": {"enabled": True}}}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PROJECT, tmp_path / "project"))


def published_rows(warehouse: Path) -> dict[str, str]:
    record = json.loads((warehouse / "run.json").read_text(encoding="utf-8"))
    return {mart["name"]: mart["content_hash"] for mart in record["marts"]}


def test_the_moment_alone_asks_for_no_new_parse(project: Path) -> None:
    moments = {"as_of": "2025-01-01 00:00:00", "landed_at": "2025-01-02 00:00:00"}
    assert parse_key(project, VARS) == parse_key(project, VARS | moments)
    assert parse_key(project, VARS) != parse_key(project, VARS | {"sources": {"generic": {"enabled": False}}})


@pytest.mark.parametrize("kind", ["changed", "added", "removed", "renamed"])
def test_a_project_whose_files_differ_is_parsed_anew(project: Path, kind: str) -> None:
    before = parse_key(project, VARS)
    file = sorted((project / "models").rglob("*.sql"))[0]
    if kind == "changed":
        file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    elif kind == "added":
        file.with_name("another.sql").write_text("select 1 as one\n", encoding="utf-8")
    elif kind == "removed":
        file.unlink()
    else:
        file.rename(file.with_name("renamed.sql"))
    assert parse_key(project, VARS) != before


def test_a_run_by_a_kept_parse_publishes_the_same_rows_for_its_own_moment(tmp_path: Path) -> None:
    source, cache = people(tmp_path / "landed"), {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    options = ["run", "--source", f"generic={source}"]

    def rows(name: str, as_of: str) -> dict[str, str]:
        done = handoff(*options, "--as-of", as_of, "--warehouse", str(tmp_path / name), **cache)
        assert done.returncode == 0, done.stderr
        return published_rows(tmp_path / name)

    first = rows("first", "2024-05-01")
    (kept,) = (tmp_path / "cache" / "handoff").glob("parsed-*.msgpack")
    written = kept.read_bytes()
    again, later = rows("again", "2024-05-01"), rows("later", "2025-05-01")
    assert kept.read_bytes() == written
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]
    assert again == first
    # dim_person carries the moment it was scored at: the kept parse does not bring an earlier run's moment back
    assert later["dim_person"] != first["dim_person"]


def test_a_broken_kept_parse_is_read_over(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    source = people(tmp_path / "landed")
    arguments = ["run", "--source", f"generic={source}", "--as-of", "2024-05-01", "--warehouse", str(tmp_path / "w")]
    assert handoff(*arguments, XDG_CACHE_HOME=str(cache)).returncode == 0
    (kept,) = (cache / "handoff").glob("parsed-*.msgpack")
    kept.write_bytes(b"\x81half a pa")
    assert handoff(*arguments, XDG_CACHE_HOME=str(cache)).returncode == 0
    assert kept_parse(kept.parent, kept.stem.removeprefix("parsed-")) is not None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    keep_parse(tmp_path / "file" / "handoff", "key", tmp_path)
    assert kept_parse(tmp_path / "file" / "handoff", "key") is None


def test_the_oldest_kept_parses_go(tmp_path: Path) -> None:
    (tmp_path / "partial_parse.msgpack").write_bytes(b"\x80")
    for number in range(KEPT + 3):
        keep_parse(tmp_path / "kept", f"{number:02d}", tmp_path)
    names = sorted(path.name for path in (tmp_path / "kept").iterdir())
    assert names == [f"parsed-{number:02d}.msgpack" for number in range(3, KEPT + 3)]
