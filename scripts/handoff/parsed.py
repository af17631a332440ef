"""The project as dbt parsed it, kept between runs: reading some hundred files anew is a third of a small run.

A kept parse is used again only for the same files, the same vars but the run's moments, and the same versions. These,
`as_of` and `landed_at`, change no ref and no config: macros/as_of.sql and landing_horizon.sql alone read them, when SQL
is compiled.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import json
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from handoff.project import PATHS, Project

READ_BY_DBT = ("dbt_project.yml", "profiles.yml", "packages.yml", "dependencies.yml", "package-lock.yml", "vars.yml")
MOMENTS = ("as_of", "landed_at")
KEPT = 8


def cache_folder() -> Path:
    """Where parses are kept: handoff/ in XDG_CACHE_HOME, else in ~/.cache."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "handoff"


def parse_key(root: Path, variables: Mapping[str, Any]) -> str:
    """What a parse depends on, as one hash: files by name and content, vars but the moments, versions, the folder."""
    digest = hashlib.sha256()
    packages = ("handoff", "dbt-core", "dbt-adapters", "dbt-duckdb", "duckdb")
    about = {
        "root": str(root),
        "python": sys.version,
        "versions": {name: importlib.metadata.version(name) for name in packages},
        "vars": {name: value for name, value in variables.items() if name not in MOMENTS},
        "environment": {name: value for name, value in os.environ.items() if name.startswith("DBT_")},
    }
    digest.update(json.dumps(about, sort_keys=True, default=str).encode())
    for folder in [root, *_packages(root)]:
        project = Project(folder)
        files = [folder / name for name in READ_BY_DBT]
        for kind in PATHS:
            for place in project.folders(kind):
                files += sorted(path for path in place.rglob("*") if "__pycache__" not in path.parts)
        for path in files:
            if path.is_file():
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                digest.update(f"\n{folder.name}/{path.relative_to(folder)} {content}".encode())
    return digest.hexdigest()


def _packages(root: Path) -> list[Path]:
    """The folders of the packages that a project has installed; of a `local` one what the link points at."""
    folder = Project(root).packages
    return sorted(entry.resolve() for entry in folder.iterdir() if entry.is_dir()) if folder.is_dir() else []


def kept_parse(folder: Path, key: str) -> Any:
    """The kept manifest of a key, or None when there is none that can be read."""
    from dbt.contracts.graph.manifest import Manifest
    from dbt.parser.manifest import extended_mashumuro_decoder

    path = folder / f"parsed-{key}.msgpack"
    try:
        manifest = Manifest.from_msgpack(path.read_bytes(), decoder=extended_mashumuro_decoder)
        path.touch()
    except Exception:  # whatever is wrong with a kept file, the project itself can be read
        return None
    return manifest


def keep_parse(folder: Path, key: str, target: Path) -> None:
    """Keep what dbt wrote of its parse under a key, whole or not at all; a folder that refuses is no error."""
    path = folder / f"parsed-{key}.msgpack"
    unfinished = folder / f".{path.name}.{os.getpid()}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(target / "partial_parse.msgpack", unfinished)
        unfinished.replace(path)
        for old in sorted(folder.glob("parsed-*.msgpack"), key=lambda kept: kept.stat().st_mtime)[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
