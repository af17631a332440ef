"""The command by its exit codes: 0 ok, 1 a check failed, 2 could not run, 75 a run is in progress."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import pytest
from handoff.errors import CheckFailed, CouldNotRun
from handoff.project import Project
from handoff.run import Options, execute, parse_as_of
from runner_support import PROJECT, environment, fingerprint, handoff, people, run


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with one published run; tests that change it work on a copy."""
    folder = tmp_path_factory.mktemp("published")
    done = run(people(folder / "in"), folder / "warehouse")
    assert done.returncode == 0, done.stderr
    return folder / "warehouse"


@pytest.fixture
def warehouse(published: Path, tmp_path: Path) -> Path:
    return shutil.copytree(published, tmp_path / "warehouse", symlinks=True)


def test_a_run_publishes_marts_parquet_and_its_record(published: Path) -> None:
    record = json.loads((published / "run.json").read_text())
    table = record["sources"][0]["tables"][0]
    assert (table["rows_in"], table["dispositions"]) == (4, {"current": 3, "quarantined": 1})
    with duckdb.connect(str(published / "marts.duckdb"), read_only=True) as marts:
        assert marts.execute("select count(*) from marts.dim_person").fetchone() == (3,)
        assert marts.execute("select run_id from marts.publication").fetchone() == (record["run_id"],)
        comments = marts.execute(
            "select comment from duckdb_columns() where table_name = 'dim_person' and column_name = 'person_id'"
        ).fetchone()
        assert comments == ("One human, whoever's they are.",)
        for mart in ("dim_person", "publication"):
            parquet = published / "marts" / f"{mart}.parquet"
            assert (
                marts.execute(f"select * from '{parquet}'").fetchall()
                == marts.execute(f"select * from marts.{mart}").fetchall()
            )
    assert handoff("check", "--warehouse", str(published)).returncode == 0


def test_published_files_are_closed_to_others_and_leave_no_log_beside_them(published: Path) -> None:
    files = [path for path in (published / "current").resolve().rglob("*") if path.is_file()]
    assert files
    assert {path.name: oct(path.stat().st_mode & 0o777) for path in files if path.name == "pii.duckdb"} == {
        "pii.duckdb": "0o600"
    }
    assert {oct(path.stat().st_mode & 0o777) for path in files if path.name != "pii.duckdb"} == {"0o640"}
    folders = [path for path in [published / "versions", *(published / "versions").rglob("*")] if path.is_dir()]
    assert {oct(path.stat().st_mode & 0o777) for path in folders} == {"0o750"}
    assert not [path for path in published.rglob("*.wal")]
    assert list((published / ".candidate").iterdir()) == []


def test_names_are_read_by_their_owner_and_not_by_who_may_read_the_marts(published: Path) -> None:
    with duckdb.connect(str(published / "pii.duckdb"), read_only=True) as pii:
        assert pii.execute("select person_id, email from marts_pii.dim_person_pii order by all").fetchall() == [
            ("A", "a@example.com"),
            ("B", None),
            ("D", "d,d"),
        ]
        assert pii.execute("select run_id, row_counts from marts_pii.publication").fetchall() == [
            (json.loads((published / "run.json").read_text())["run_id"], '{"dim_person_pii": 3, "quarantined_rows": 1}')
        ]
        rows = "select row_key, reason_codes, contents from marts_pii.quarantined_rows"
        ((key, codes, contents),) = pii.execute(rows).fetchall()
        assert (key, codes, json.loads(contents)["email"]) == ("row:3", "null_key", "c@example.com")
    assert json.loads((published / "run.json").read_text())["pii"] == [
        {"name": "dim_person_pii", "rows": 3},
        {"name": "quarantined_rows", "rows": 1},
    ]
    if os.geteuid() != 0:
        pytest.skip("only root can read as somebody else")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        copy = shutil.copytree(published, Path(folder) / "warehouse", symlinks=True)
        for path in [copy, *copy.rglob("*")]:
            os.chown(path, 0, 4321, follow_symlinks=False)
        readable = {
            name: subprocess.run(
                ["cat", str(copy / name)], user=65534, group=4321, extra_groups=[], capture_output=True
            ).returncode
            == 0
            for name in ("marts.duckdb", "marts/dim_person.parquet", "run.json", "pii.duckdb")
        }
    assert [name for name, is_open in readable.items() if not is_open] == ["pii.duckdb"]


def test_at_no_moment_can_others_read_what_is_being_written(tmp_path: Path) -> None:
    modes: dict[str, int] = {}

    def look(begun: str, candidate: object) -> None:
        if begun == "replace":
            (incoming,) = (tmp_path / "w" / "versions").glob(".incoming-*")
            modes.update({path.name: path.stat().st_mode & 0o077 for path in incoming.rglob("*") if path.is_file()})

    execute(Project(PROJECT), options(tmp_path, tmp_path / "w"), look)
    assert {"pii.duckdb", "handoff.duckdb", "run.json"} <= set(modes)
    assert set(modes.values()) == {0}


def test_a_run_told_so_writes_no_names(warehouse: Path, tmp_path: Path) -> None:
    source = people(tmp_path / "in")
    assert run(source, warehouse, "--no-pii").returncode == 0
    version = (warehouse / "current").resolve()
    assert not [
        path for path in (warehouse, version) if (path / "pii.duckdb").is_symlink() or (path / "pii.duckdb").exists()
    ]
    assert json.loads((warehouse / "run.json").read_text())["pii"] == []
    assert b"a@example.com" not in b"".join(path.read_bytes() for path in version.rglob("*") if path.is_file())
    assert handoff("check", "--warehouse", str(warehouse)).returncode == 0
    assert run(source, warehouse).returncode == 0
    assert (warehouse / "pii.duckdb").readlink() == Path("current/pii.duckdb")


def test_check_finds_names_that_others_may_read_or_that_are_not_of_the_run(warehouse: Path) -> None:
    path = (warehouse / "pii.duckdb").resolve()
    path.chmod(0o640)
    done = handoff("check", "--warehouse", str(warehouse))
    assert (done.returncode, "FAIL  pii.duckdb: mode 0640" in done.stdout) == (1, True)
    path.chmod(0o600)
    with duckdb.connect(str(path)) as pii:
        pii.execute("update marts_pii.dim_person_pii set email = 'x' where person_id = 'A'")
    done = handoff("check", "--warehouse", str(warehouse))
    assert (done.returncode, "FAIL  pii.duckdb: differs" in done.stdout) == (1, True)
    path.unlink()
    assert "FAIL  pii.duckdb: is gone" in handoff("check", "--warehouse", str(warehouse)).stdout


def test_the_published_files_open_in_the_oldest_storage_version(published: Path) -> None:
    for name in ("marts.duckdb", "pii.duckdb"):
        head = (published / name).read_bytes()[:20]
        assert (head[8:12], int.from_bytes(head[12:20], "little")) == (b"DUCK", 64)


@pytest.mark.parametrize("threads", ["1", "4"])
def test_two_runs_of_one_input_publish_equal_bytes(published: Path, tmp_path: Path, threads: str) -> None:
    source = people(tmp_path / "in")
    assert run(source, tmp_path / "again", "--threads", threads).returncode == 0
    for parquet in sorted((published / "marts").glob("*.parquet")):
        if parquet.name != "publication.parquet":
            assert parquet.read_bytes() == (tmp_path / "again" / "marts" / parquet.name).read_bytes()


def test_the_next_run_carries_the_publications_over_and_keeps_three_versions(warehouse: Path, tmp_path: Path) -> None:
    source = people(tmp_path / "in")
    for _ in range(3):
        assert run(source, warehouse).returncode == 0
    assert len(list((warehouse / "versions").iterdir())) == 3
    with duckdb.connect(str(warehouse / "marts.duckdb"), read_only=True) as marts:
        row = marts.execute("select count(*), count(distinct content_hashes) from marts.publication").fetchone()
    assert row == (4, 1)


def refused(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    assert done.returncode == code, (done.returncode, done.stderr)
    for word in words:
        assert word in done.stderr, done.stderr


@pytest.mark.parametrize(
    "as_of", ["yesterday", "2024-13-01", "2024-05-01T25:00", "", "0001-01-01", "2024-05-01T10:00:00.5Z"]
)
def test_a_moment_without_meaning_could_not_run(warehouse: Path, tmp_path: Path, as_of: str) -> None:
    before = fingerprint(warehouse)
    refused(run(people(tmp_path / "in"), warehouse, as_of=as_of), 2, "--as-of")
    assert fingerprint(warehouse) == before


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-06-30T18:00:00Z", "2026-06-30 18:00:00"),
        ("2026-06-30T18:00:00+02:00", "2026-06-30 16:00:00"),
        ("2026-06-30T18:00:00-0530", "2026-06-30 23:30:00"),
        ("2026-06-30 18:00", "2026-06-30 18:00:00"),
        ("2026-06-30", "2026-06-30 00:00:00"),
    ],
)
def test_a_moment_is_read_as_utc(text: str, moment: str) -> None:
    assert str(parse_as_of(text)) == moment


def test_bad_sources_could_not_run_and_change_nothing(warehouse: Path, tmp_path: Path) -> None:
    before = fingerprint(warehouse)
    empty = tmp_path / "empty"
    empty.mkdir()
    refused(run(empty, warehouse), 2, "expected a table people", "found none")
    refused(run(tmp_path / "absent", warehouse), 2, "does not exist")
    refused(run(people(tmp_path / "b", "email\na\n"), warehouse), 2, "expected column record_id", "found email")
    refused(run(people(tmp_path / "c", ""), warehouse), 2, "is empty")
    refused(run(people(tmp_path / "d", 'record_id\n"a\n'), warehouse), 2, "people.csv:2")
    (people(tmp_path / "e") / "generic_people_data.csv").write_text("record_id\n1\n")
    refused(run(tmp_path / "e", warehouse), 2, "generic_people_data.csv and people.csv")
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "people.parquet").write_bytes(b"no parquet")
    refused(run(tmp_path / "f", warehouse), 2, "people.parquet cannot be read")
    done = handoff("run", "--source", f"generik={tmp_path}", "--warehouse", str(warehouse))
    refused(done, 2, "Unknown vendor 'generik'", "salesforce", "Did you mean generic?")
    refused(handoff("run", "--source", "generic", "--warehouse", str(warehouse)), 2, "VENDOR=PATH_OR_SCHEMA")
    twice = ["--source", f"generic={tmp_path / 'b'}"] * 2
    refused(handoff("run", *twice, "--warehouse", str(warehouse)), 2, "given twice")
    assert fingerprint(warehouse) == before
    assert list((warehouse / ".candidate").iterdir()) == []


def test_bad_options_could_not_run(warehouse: Path, tmp_path: Path) -> None:
    source = people(tmp_path / "in")
    before = fingerprint(warehouse)
    refused(run(source, warehouse, "--vars", "{as_of: now}"), 2, "--vars may not set as_of")
    refused(run(source, warehouse, "--vars", "{publish_pii: false}"), 2, "--vars may not set publish_pii", "--no-pii")
    refused(run(source, warehouse, "--vars", "[1]"), 2, "not a YAML mapping")
    refused(run(source, warehouse, "--vars", "{: :"), 2, "not YAML")
    refused(run(source, warehouse, "--select", "no_such_model"), 2, "matches nothing")
    both = ["--select", "dim_person", "--select", "no_such_model"]
    refused(run(source, warehouse, *both), 2, "--select no_such_model matches nothing")
    refused(run(source, warehouse, "--threads", "0"), 2, "--threads")
    refused(run(source, tmp_path / "in" / "people.csv"), 2, "people.csv")
    refused(handoff("check", "--warehouse", str(tmp_path / "none")), 2, "Nothing is published")
    refused(handoff("explain", "A", "--warehouse", str(tmp_path / "none")), 2, "Nothing is published")
    assert fingerprint(warehouse) == before


def test_a_bad_rule_stops_the_run_with_its_file_and_line(warehouse: Path, tmp_path: Path) -> None:
    project = shutil.copytree(PROJECT, tmp_path / "project")
    rules = next((project / "seeds").rglob("rule_score_groups.csv"))
    with rules.open("a", encoding="utf-8") as handle:
        handle.write("no-such-model,x,engagement,0,10,30,why\n")
    lines = len(rules.read_text(encoding="utf-8").splitlines())
    before = fingerprint(warehouse)
    source = people(tmp_path / "in")
    done = handoff(
        *("run", "--source", f"generic={source}", "--warehouse", str(warehouse)), HANDOFF_PROJECT=str(project)
    )
    refused(done, 2, f"rule_score_groups.csv:{lines}: ", "handoff rules lint")
    assert fingerprint(warehouse) == before


def test_a_failing_test_publishes_nothing_and_exits_1(warehouse: Path, tmp_path: Path) -> None:
    before = fingerprint(warehouse)
    done = run(people(tmp_path / "in"), warehouse, "--vars", "{break_a_test: true}", "--json")
    refused(done, 1, "assert_a_test_can_fail", "dbt's log: ")
    assert json.loads(done.stdout)["exit_code"] == 1
    assert fingerprint(warehouse) == before
    log = next(line for line in done.stderr.splitlines() if "dbt's log" in line).partition(": ")[2]
    assert "assert_a_test_can_fail" in Path(log).read_text()


def test_a_model_that_cannot_be_built_exits_2(warehouse: Path, tmp_path: Path) -> None:
    before = fingerprint(warehouse)
    refused(run(people(tmp_path / "in"), warehouse, "--vars", "{break_a_model: true}"), 2, "model dim_person: ")
    assert fingerprint(warehouse) == before


def test_a_selection_is_built_with_what_it_needs_but_never_published(warehouse: Path, tmp_path: Path) -> None:
    before = fingerprint(warehouse)
    done = run(people(tmp_path / "in"), warehouse, "--select", "rpt_reconciliation", "--json")
    refused(done, 0, "a selection is never published")
    assert json.loads(done.stdout)["status"] == "partial"
    # Its test also reads rpt_reconciliation, which a person does not need and so is not there.
    refused(run(people(tmp_path / "in"), warehouse, "--select", "fct_row_dispositions"), 0, "never published")
    assert fingerprint(warehouse) == before


def test_a_source_that_lost_its_people_is_not_published_unasked(warehouse: Path, tmp_path: Path) -> None:
    before = fingerprint(warehouse)
    source = people(tmp_path / "in", "record_id,email,created_at\n")
    refused(run(source, warehouse), 1, "came in with no people; the last run had 4")
    assert fingerprint(warehouse) == before
    refused(run(source, warehouse, "--allow-empty"), 0, "no people came in")


def options(tmp_path: Path, warehouse: Path) -> Options:
    return Options((("generic", str(people(tmp_path / "in"))),), parse_as_of("2024-05-01"), warehouse)


@pytest.mark.parametrize(
    ("step", "statement"),
    [
        ("build", "delete from landed_generic.people where record_id = 'B'"),
        ("audit", "delete from staging.stg_generic__people where record_id = 'B'"),
        ("audit", "delete from marts.fct_row_dispositions where row_key = 'B'"),
        ("audit", "update marts.rpt_reconciliation set unaccounted = 1"),
        ("audit", "insert into marts.fct_row_dispositions values ('generic', 'ghosts', 1, 'x', 'current', '')"),
        ("audit", "update marts.fct_row_dispositions set disposition = 'lost' where row_key = 'B'"),
    ],
)
def test_a_row_that_goes_missing_on_the_way_stops_publication(
    warehouse: Path, tmp_path: Path, step: str, statement: str
) -> None:
    before = fingerprint(warehouse)

    def tamper(begun: str, candidate: object) -> None:
        if begun == step:
            with duckdb.connect(str(candidate.database)) as database:
                database.execute(statement)

    with pytest.raises(CheckFailed, match="Rows do not add up"):
        execute(Project(PROJECT), options(tmp_path, warehouse), tamper)
    assert fingerprint(warehouse) == before


@pytest.mark.parametrize("step", ["publish", "replace"])
def test_a_publication_that_fails_leaves_every_byte_as_it_was(warehouse: Path, tmp_path: Path, step: str) -> None:
    before = fingerprint(warehouse)

    def fail(begun: str, candidate: object) -> None:
        if begun == step:
            raise OSError(28, "No space left on device", "marts.duckdb")

    with pytest.raises(CouldNotRun, match="No space left"):
        execute(Project(PROJECT), options(tmp_path, warehouse), fail)
    assert fingerprint(warehouse) == before
    with pytest.raises(CouldNotRun, match="No space left"):
        execute(Project(PROJECT), options(tmp_path, tmp_path / "fresh"), fail)
    assert fingerprint(tmp_path / "fresh") == {}


def test_a_reader_keeps_the_version_it_opened(warehouse: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(warehouse / "marts.duckdb"), read_only=True) as reader:
        query = "select count(*) from marts.dim_person"
        assert reader.execute(query).fetchone() == (3,)
        assert run(people(tmp_path / "in", "record_id,email,created_at\nA,,\n"), warehouse).returncode == 0
        assert reader.execute(query).fetchone() == (3,)
    with duckdb.connect(str(warehouse / "marts.duckdb"), read_only=True) as reader:
        assert reader.execute(query).fetchone() == (1,)


def test_a_file_in_the_way_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "marts.duckdb").write_text("mine")
    refused(run(people(tmp_path / "in"), tmp_path / "w"), 2, "marts.duckdb is in the way")
    assert (tmp_path / "w" / "marts.duckdb").read_text() == "mine"
    assert not (tmp_path / "w" / "current").exists()


def start(source: Path, warehouse: Path) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-m",
        "handoff.cli",
        "run",
        "--source",
        f"generic={source}",
        "--warehouse",
        str(warehouse),
    ]
    return subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def wait_for(found: str, warehouse: Path) -> None:
    deadline = time.monotonic() + 60
    while not list((warehouse / ".candidate").glob(found)):
        assert time.monotonic() < deadline, f"{found} never appeared"
        time.sleep(0.02)


def test_a_second_run_exits_75_and_says_who_holds_the_warehouse(warehouse: Path, tmp_path: Path) -> None:
    source = people(tmp_path / "in")
    first = start(source, warehouse)
    try:
        wait_for("*/request.json", warehouse)
        refused(run(source, warehouse), 75, f"process {first.pid}", "in progress")
        assert "in progress" in handoff("doctor", "--warehouse", str(warehouse)).stdout
    finally:
        first.wait(timeout=120)
    assert first.returncode == 0


@pytest.mark.parametrize("moment", ["*/request.json", "*/target/manifest.json"])
def test_a_run_killed_in_the_middle_needs_no_hand_to_recover(warehouse: Path, tmp_path: Path, moment: str) -> None:
    before = fingerprint(warehouse)
    source = people(tmp_path / "in")
    killed = start(source, warehouse)
    wait_for(moment, warehouse)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait(timeout=60)
    assert fingerprint(warehouse) == before
    deadline = time.monotonic() + 30
    while (again := run(source, warehouse)).returncode == 75 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert again.returncode == 0, again.stderr
    assert list((warehouse / ".candidate").iterdir()) == []
    assert not list((warehouse / "versions").glob(".incoming-*"))


REFUSE = """
import socket
def refuse(*arguments, **named):
    raise OSError("the network is refused")
class Refused(socket.socket):
    def connect(self, address):
        refuse() if self.family != socket.AF_UNIX else super().connect(address)
    connect_ex = connect
socket.socket = Refused
socket.getaddrinfo = socket.create_connection = refuse
open(__MARK__, "a").write("loaded\\n")
"""


def test_a_run_needs_no_network(tmp_path: Path) -> None:
    """Sockets are refused in every Python process, and where the kernel lets us there is no network at all."""
    mark = tmp_path / "mark"
    (tmp_path / "sitecustomize.py").write_text(REFUSE.replace("__MARK__", repr(str(mark))))
    command = [sys.executable, "-m", "handoff.cli", "run", "--source", f"generic={people(tmp_path / 'in')}"]
    command += ["--warehouse", str(tmp_path / "warehouse")]
    alone = ["unshare", "--map-root-user", "--net"]
    if shutil.which("unshare") and subprocess.run([*alone, "true"], capture_output=True).returncode == 0:
        command = [*alone, *command]
    done = subprocess.run(command, env=environment(PYTHONPATH=str(tmp_path)), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert mark.read_text().count("loaded") >= 2, "both the run and its child must have loaded the refusal"


def test_help_leads_with_examples_and_every_command_has_help() -> None:
    text = handoff("--help").stdout
    assert text.index("Examples") < text.index("Options")
    for command in ("demo", "run", "explain", "check", "doctor"):
        assert "Example" in handoff(command, "--help").stdout


def test_check_finds_a_mart_that_was_changed_by_hand(warehouse: Path) -> None:
    path = (warehouse / "marts.duckdb").resolve()
    with duckdb.connect(str(path)) as marts:
        marts.execute("update marts.dim_person set created_at = 'x' where person_id = 'A'")
    done = handoff("check", "--warehouse", str(warehouse))
    assert done.returncode == 1
    assert "FAIL  dim_person: differs from run.json in marts.duckdb" in done.stdout
