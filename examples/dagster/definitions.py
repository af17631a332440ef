"""Dagster: every published mart is an asset, and one run of Handoff materialises all of them together.

Environment: HANDOFF_SOURCES (salesforce=/data/sf marketo=/data/mk), HANDOFF_WAREHOUSE, and where they are not the usual
ones HANDOFF_COMMAND (handoff) and HANDOFF_MANIFEST (target/manifest.json, which `dbt parse` writes).
Start: dagster dev -f examples/dagster/definitions.py
"""

import json
import os
import subprocess
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import dagster as dg
from dagster_dbt import dbt_assets

MANIFEST = Path(os.environ.get("HANDOFF_MANIFEST", "target/manifest.json"))
RUNNING = 75  # the run before is still at it


@dbt_assets(manifest=MANIFEST, select="config.schema:marts", name="handoff")
def handoff(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult]:
    """Run Handoff once, and report each mart of the publication with its rows and content hash."""
    command = [os.environ.get("HANDOFF_COMMAND", "handoff"), "run", "--json"]
    for source in os.environ["HANDOFF_SOURCES"].split():
        command += ["--source", source]
    command += ["--warehouse", os.environ["HANDOFF_WAREHOUSE"]]
    if "HANDOFF_AS_OF" in os.environ:
        command += ["--as-of", os.environ["HANDOFF_AS_OF"]]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode == RUNNING:
        raise dg.Failure("The run before is still at it.", allow_retries=True)
    record = json.loads(done.stdout)
    if done.returncode:
        raise dg.Failure(record["error"], metadata={"details": "\n".join(record["details"])}, allow_retries=False)
    for warning in record["warnings"]:
        context.log.warning(warning)
    marts = {mart["name"]: mart for mart in record["marts"]}
    # Dagster takes an asset only after those that it is made of.
    reads = {
        key: context.assets_def.asset_deps[key] & context.selected_asset_keys for key in context.selected_asset_keys
    }
    for key in TopologicalSorter(reads).static_order():
        mart = marts.get(key.path[-1])
        if mart is not None:
            metadata = {"dagster/row_count": mart["rows"], "content_hash": mart["content_hash"]}
            yield dg.MaterializeResult(asset_key=key, metadata={**metadata, "run_id": record["run_id"]})


hourly = dg.ScheduleDefinition(
    name="hourly_handoff",
    cron_schedule="5 6-20 * * 1-5",
    job=dg.define_asset_job("publish", selection=[handoff]),
)
defs = dg.Definitions(assets=[handoff], schedules=[hourly])
