"""Where the dbt project is, which version of it runs, and which rules it carries.

The project that runs is a checkout of Handoff, or a company's own dbt project that installs Handoff as a package: then
models, macros and shipped rules lie in its folder of packages, and its own vars, models and seeds beside them.
"""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import click
import yaml

from handoff.errors import CouldNotRun

PACKAGE = "handoff"
# How dbt_project.yml calls the folders that dbt reads, and what they are where it does not say.
PATHS = {
    "model-paths": ["models"],
    "macro-paths": ["macros"],
    "seed-paths": ["seeds"],
    "test-paths": ["tests"],
    "snapshot-paths": ["snapshots"],
    "analysis-paths": ["analyses"],
}


@dataclass(frozen=True)
class RuleFiles:
    """Where the rows of each rule seed stand: shipped, put in its place by the company's project, or added by it."""

    seeds: Path
    replaced: Mapping[str, Path] = field(default_factory=dict)
    extra: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)
    # What is wrong with how the company's project names them: (file, message, how to mend it).
    problems: tuple[tuple[Path, str, str], ...] = ()

    def of(self, name: str) -> tuple[Path, ...]:
        """The files of a seed, `rules/lead_scoring/rule_signals`; of two rows of one key the first file's holds."""
        seed = name.rsplit("/", 1)[-1]
        return (*self.extra.get(seed, ()), self.replaced.get(seed, self.seeds / f"{name}.csv"))

    def own(self) -> list[Path]:
        """Every file of the company's project."""
        return sorted({*self.replaced.values(), *(path for paths in self.extra.values() for path in paths)})


@dataclass(frozen=True)
class Project:
    """The dbt project that this package drives."""

    root: Path
    # Vars of this call, which hold before those of any file.
    given: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def package(self) -> Path:
        """The folder with Handoff's models, macros and shipped rules: the project's own, or that of the package."""
        installed = self.packages / PACKAGE
        return installed.resolve() if (installed / "dbt_project.yml").is_file() else self.root

    @property
    def packages(self) -> Path:
        """The folder that `dbt deps` installs into."""
        return self.root / str(self._settings(self.root).get("packages-install-path", "dbt_packages"))

    @property
    def is_a_company_s(self) -> bool:
        """Whether Handoff is a package in it."""
        return self.package != self.root

    @property
    def name(self) -> str:
        return str(self._settings(self.root).get("name", ""))

    @property
    def profile(self) -> str:
        return str(self._settings(self.root).get("profile") or self.name)

    @property
    def seeds(self) -> Path:
        """The folder of the shipped rules."""
        return self.package / "seeds"

    def folders(self, kind: str) -> list[Path]:
        """The project's own folders of a kind, such as `seed-paths`."""
        return [self.root / str(name) for name in self._settings(self.root).get(kind, PATHS[kind])]

    def source_defaults(self) -> dict[str, dict[str, Any]]:
        """The `sources` var: every vendor known to the project, switched on or not, as the company's project has it."""
        shipped = self._vars(self.package).get("sources", {})
        own = self.variable("sources", {})
        return {str(vendor): {**settings, **own.get(vendor, {})} for vendor, settings in {**own, **shipped}.items()}

    def variable(self, name: str, otherwise: Any) -> Any:
        """The value that a var has without --vars: as dbt takes it, the package's scope before the whole project's."""
        own, shipped = self._vars(self.root), self._vars(self.package)
        for scope in (self.given, own.get(PACKAGE), own, shipped):
            if isinstance(scope, dict) and name in scope:
                return scope[name]
        return otherwise

    def rule_files(self) -> RuleFiles:
        """The files of the rules that hold here."""
        if not self.is_a_company_s:
            return RuleFiles(self.seeds)
        found = {path.stem: path for folder in self.folders("seed-paths") for path in sorted(folder.rglob("*.csv"))}
        shipped = {path.stem: path.relative_to(self.seeds).parent for path in sorted(self.seeds.rglob("*.csv"))}
        replaced = {name: path for name, path in found.items() if name in shipped}
        settings = self.root / "dbt_project.yml"
        problems = [
            (
                path,
                f"{name} is shipped too, and switched on: which of the two is read is not said.",
                f"{settings.name}, seeds: {PACKAGE}: {': '.join([*shipped[name].parts, name])}: {{+enabled: false}}",
            )
            for name, path in replaced.items()
            if not self._is_off("seeds", (*shipped[name].parts, name))
        ]
        extra: dict[str, tuple[Path, ...]] = {}
        wanted = self.variable("extra_rules", {})
        if not isinstance(wanted, dict):
            return RuleFiles(self.seeds, replaced, {}, ((settings, "extra_rules is no {seed: [seed, …]}.", ""),))
        for seed, names in wanted.items():
            if seed not in shipped:
                problems.append((settings, f"extra_rules: there is no rule seed {seed}.", _near(str(seed), shipped)))
            listed = [names] if isinstance(names, str) else list(names or [])
            problems += [
                (settings, f"extra_rules: {seed} names {name}, which is no seed of {self.name}.", _near(name, found))
                for name in listed
                if name not in found
            ]
            extra[str(seed)] = tuple(found[name] for name in listed if name in found)
        return RuleFiles(self.seeds, replaced, extra, tuple(problems))

    def measures(self) -> list[str]:
        """What a readiness criterion may name: our models of the folder `measures`, and the `extra_measures` var."""
        folder = self.package / "models/marts/account_readiness/intermediate/measures"
        own = self.variable("extra_measures", {})
        return [path.stem.removeprefix("int_readiness_") for path in sorted(folder.glob("*.sql"))] + sorted(own or {})

    def name_clashes(self) -> list[str]:
        """Models and seeds that bear a shipped name while `ref` of a package looks into the company's project first."""
        flags = self._settings(self.root).get("flags") or {}
        if not self.is_a_company_s or flags.get("require_ref_searches_node_package_before_root"):
            return []
        shipped = {path.stem for path in (self.package / "models").rglob("*.sql")}
        return sorted(
            path.relative_to(self.root).as_posix()
            for folder in self.folders("model-paths")
            for path in folder.rglob("*.sql")
            if path.stem in shipped
        )

    def code_version(self) -> str:
        """The package version and, in a git checkout, the commit; `.dirty` when files differ from it.

        Where Handoff is a package, the company's project follows, with its own commit.
        """
        version = importlib.metadata.version(PACKAGE) + _commit(self.package)
        return f"{version} in {self.name}{_commit(self.root)}" if self.is_a_company_s else version

    def package_version(self) -> str:
        """The version that the dbt package says it has."""
        return str(self._settings(self.package).get("version", ""))

    def _is_off(self, kind: str, path: Sequence[str]) -> bool:
        """Whether the project's dbt_project.yml switches off what lies at a path of the package."""
        place: Any = (self._settings(self.root).get(kind) or {}).get(PACKAGE) or {}
        is_on = True
        for part in ("", *path):
            place = place.get(part) if part else place
            if not isinstance(place, dict):
                break
            is_on = bool(place.get("+enabled", place.get("enabled", is_on)))
        return not is_on

    def _vars(self, folder: Path) -> dict[str, Any]:
        found: dict[str, Any] = self._settings(folder).get("vars") or {}
        return found

    def _settings(self, folder: Path) -> dict[str, Any]:
        path = folder / "dbt_project.yml"
        try:
            document = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise CouldNotRun(f"{path} cannot be read as YAML.", hint="dbt parse says where.") from error
        return document if isinstance(document, dict) else {}


def choose_project(context: Any, option: Any, folder: Path | None) -> None:
    """What --project does, for click: the project of this call, whoever asks for it."""
    if folder is not None:
        os.environ["HANDOFF_PROJECT"] = str(folder.expanduser().resolve())


project_option = click.option(
    "--project",
    type=click.Path(path_type=Path, file_okay=False),
    expose_value=False,
    callback=choose_project,
    help="The dbt project: a checkout of Handoff, or one that has it as a package (also: HANDOFF_PROJECT).",
)


def find_project() -> Project:
    """The project named by --project or HANDOFF_PROJECT, else that of this folder if it has Handoff as a package, else
    the checkout this package was installed from.
    """
    named = os.environ.get("HANDOFF_PROJECT")
    if named:
        root = Path(named).expanduser().resolve()
        if not (root / "dbt_project.yml").is_file():
            raise CouldNotRun(
                f"{root} holds no dbt_project.yml.",
                hint="Let --project, or HANDOFF_PROJECT, name a checkout of Handoff or a dbt project that installs it.",
            )
        return _checked(Project(root))
    here = Project(Path.cwd())
    if here.is_a_company_s or _wants_the_package(here.root):
        return _checked(here)
    for folder in Path(__file__).resolve().parents:
        if (folder / "dbt_project.yml").is_file():
            return Project(folder)
    raise CouldNotRun(
        "The dbt project was not found beside the handoff package.",
        hint="Name it: --project FOLDER, or HANDOFF_PROJECT; a checkout of Handoff or a dbt project that installs it.",
    )


def _checked(project: Project) -> Project:
    if not project.is_a_company_s:
        if _wants_the_package(project.root):
            raise CouldNotRun(
                f"{project.root} names Handoff among its packages, and it is not installed.",
                hint=f"Install it: dbt deps --project-dir {project.root}",
            )
        return project
    command = importlib.metadata.version(PACKAGE)
    if project.package_version() != command:
        raise CouldNotRun(
            f"{project.root} has version {project.package_version()} of the dbt package, and the command is {command}.",
            hint="Install one version of both: packages.yml and pip.",
        )
    clashes = project.name_clashes()
    if clashes:
        raise CouldNotRun(
            "Models bear names that Handoff's have, and dbt would read them in their place.",
            *clashes,
            hint="Rename them, or set flags: require_ref_searches_node_package_before_root: true in dbt_project.yml.",
        )
    return project


def _wants_the_package(root: Path) -> bool:
    """Whether packages.yml or dependencies.yml names Handoff: by a git address, or a folder, that holds it."""
    for name in ("packages.yml", "dependencies.yml"):
        path = root / name
        if path.is_file():
            try:
                document = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
            except (OSError, UnicodeDecodeError, yaml.YAMLError):
                return False
            for entry in document.get("packages") or []:
                if "local" in entry and Project((root / str(entry["local"])).resolve()).name == PACKAGE:
                    return True
                if str(entry.get("git", "")).removesuffix(".git").rstrip("/").endswith(f"/{PACKAGE}"):
                    return True
    return False


def _near(name: str, known: Mapping[str, Any]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1)
    return f"Did you mean {near[0]}?" if near else ""


def _commit(folder: Path) -> str:
    """`+g<commit>` of a checkout, `.dirty` behind it; '' elsewhere."""
    commit = _git(folder, "rev-parse", "--short=12", "HEAD")
    if not commit:
        return ""
    changed = _git(folder, "status", "--porcelain", "--untracked-files=no")
    return f"+g{commit}" + (".dirty" if changed else "")


def _git(folder: Path, *arguments: str) -> str:
    if not (folder / ".git").exists():
        return ""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()


def extensions(project: Project) -> Iterator[str]:
    """What a company's project adds to the package, one line each."""
    files = project.rule_files()
    yield from (f"signals from {name}" for name in project.variable("extra_signals", []) or [])
    yield from (f"measure {name} by {model}" for name, model in (project.variable("extra_measures", {}) or {}).items())
    yield from (f"rules {seed} replaced by {path.name}" for seed, path in sorted(files.replaced.items()))
    yield from (f"rules {seed} with {path.name}" for seed, paths in sorted(files.extra.items()) for path in paths)
