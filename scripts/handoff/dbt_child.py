"""The child process of a run: drives dbt through its own entry point, so that nothing of dbt outlives it.

Usage: python -m handoff.dbt_child REQUEST.json RESULT.json
Reads a request {"select": [...], "arguments": [...], "full_refresh": bool, "parent": pid, "root": project folder,
"target": dbt's target folder, "variables": {...}}; writes what became of each node, or why dbt did not get there.
Exit 0: dbt was called and the result is written, whatever it says. Any other code: dbt did not get that far.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from handoff.parsed import cache_folder, keep_parse, kept_parse, parse_key

PR_SET_PDEATHSIG = 1


def main() -> int:
    request = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    _die_with(int(request["parent"]))
    Path(sys.argv[2]).write_text(json.dumps(_run(request)), encoding="utf-8")
    return 0


def _run(request: dict[str, Any]) -> dict[str, Any]:
    from dbt.cli.main import dbtRunner

    arguments = list(request["arguments"])
    root, variables = Path(request["root"]), request["variables"]
    folder, key = cache_folder(), parse_key(root, variables)
    manifest = kept_parse(folder, key)
    if manifest is None:
        parsed = dbtRunner().invoke(["--quiet", "parse", *arguments])
        if not parsed.success:
            return {"stage": "build", "error": str(parsed.exception or "dbt could not read the project"), "nodes": []}
        manifest = parsed.result
        keep_parse(folder, key, Path(request["target"]))
    runner = dbtRunner(manifest=manifest)
    select: list[str] = list(request["select"])
    if select:
        names: list[str] = []
        # One at a time: a selector with a typing error beside one without would go unnoticed.
        for selector in select:
            kinds = ["--resource-types", "model", "--resource-types", "seed"]
            listed = runner.invoke(["--quiet", "ls", *kinds, "--output", "name", "--select", selector, *arguments])
            if not listed.success:
                error = str(listed.exception or "dbt could not read the selection")
                return {"stage": "select", "selector": selector, "error": error}
            if not isinstance(listed.result, list) or not listed.result:
                return {"stage": "select", "selector": selector, "error": ""}
            names += [str(name) for name in listed.result]
        # A test that also reads what is not selected could only fail.
        arguments += ["--indirect-selection", "buildable"]
        select = [f"+{name}" for name in dict.fromkeys(names)]
    build = ["build", "--exclude-resource-type", "unit_test", *arguments]
    if request["full_refresh"]:
        build.append("--full-refresh")
    done = runner.invoke([*build, "--select", *select] if select else build)
    if done.result is None or not hasattr(done.result, "results"):
        return {"stage": "build", "error": str(done.exception or "dbt gave no result"), "nodes": []}
    return {
        "stage": "build",
        "error": str(done.exception or ""),
        "nodes": [
            {
                "unique_id": result.node.unique_id,
                "name": result.node.name,
                "resource_type": str(result.node.resource_type),
                "status": str(result.status),
                "seconds": float(result.execution_time),
                "failures": result.failures,
                "message": str(result.message or ""),
            }
            for result in done.result.results
        ],
    }


def _die_with(parent: int) -> None:
    """Ask Linux to end this process with its parent; elsewhere the inherited lock alone keeps a second run out."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())
