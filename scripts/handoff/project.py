"""Where the dbt project is, which version of it runs, and which rules it carries."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from handoff.errors import CouldNotRun


@dataclass(frozen=True)
class Project:
    """A checkout of the dbt project that this package drives."""

    root: Path

    @property
    def seeds(self) -> Path:
        return self.root / "seeds"

    def source_defaults(self) -> dict[str, dict[str, Any]]:
        """The `sources` var of dbt_project.yml: every vendor known to the project, switched on or not."""
        document = yaml.safe_load((self.root / "dbt_project.yml").read_text(encoding="utf-8"))
        return {str(vendor): dict(settings) for vendor, settings in document["vars"]["sources"].items()}

    def variable(self, name: str, otherwise: Any) -> Any:
        """The value that dbt_project.yml gives a var."""
        document = yaml.safe_load((self.root / "dbt_project.yml").read_text(encoding="utf-8"))
        return document["vars"].get(name, otherwise)

    def code_version(self) -> str:
        """The package version and, in a git checkout, the commit; `.dirty` when files differ from it."""
        version = importlib.metadata.version("handoff")
        commit = self._git("rev-parse", "--short=12", "HEAD")
        if not commit:
            return version
        changed = self._git("status", "--porcelain", "--untracked-files=no")
        return f"{version}+g{commit}" + (".dirty" if changed else "")

    def _git(self, *arguments: str) -> str:
        if not (self.root / ".git").exists():
            return ""
        try:
            done = subprocess.run(
                ["git", "-C", str(self.root), *arguments], capture_output=True, text=True, timeout=10, check=True
            )
        except (OSError, subprocess.SubprocessError):
            return ""
        return done.stdout.strip()


def find_project() -> Project:
    """The project named by HANDOFF_PROJECT, else the checkout this package was installed from."""
    named = os.environ.get("HANDOFF_PROJECT")
    if named:
        root = Path(named).expanduser().resolve()
        if not (root / "dbt_project.yml").is_file():
            raise CouldNotRun(
                f"HANDOFF_PROJECT names {root}, which holds no dbt_project.yml.",
                hint="Point HANDOFF_PROJECT at a checkout of the project, or unset it.",
            )
        return Project(root)
    for folder in Path(__file__).resolve().parents:
        if (folder / "dbt_project.yml").is_file():
            return Project(folder)
    raise CouldNotRun(
        "The dbt project was not found beside the handoff package.",
        hint="Set HANDOFF_PROJECT to a checkout of the project.",
    )
