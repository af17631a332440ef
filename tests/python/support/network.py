"""Commands with the network cut, and a count of how often they tried to use it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

GUARD = Path(__file__).parent / "no_network"


@contextmanager
def cut(attempts: Path) -> Iterator[dict[str, str]]:
    """The environment of a command that must reach no other machine; afterwards no attempt may stand in the file."""
    before = attempts.read_text(encoding="utf-8") if attempts.exists() else ""
    assert before == ""
    path = os.pathsep.join([str(GUARD), *filter(None, [os.environ.get("PYTHONPATH")])])
    yield os.environ | {"PYTHONPATH": path, "HANDOFF_TEST_ATTEMPTS": str(attempts)}
    tried = attempts.read_text(encoding="utf-8").splitlines() if attempts.exists() else []
    assert tried == [], f"{len(tried)} attempts to reach another machine"
