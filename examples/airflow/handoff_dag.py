"""Airflow: Handoff every working hour, checked, and told of what is late.

One run publishes all marts of one moment together, so it is one task; Cosmos, which makes a task of each model, suits a
warehouse that dbt alone builds: cosmos_dag.py shows it.
"""

from datetime import datetime

from airflow.sdk import dag, task

WAREHOUSE = "/srv/handoff"
SOURCES = "--source salesforce=/data/salesforce --source marketo=/data/marketo"


@dag(schedule="5 6-20 * * 1-5", start_date=datetime(2026, 1, 1), catchup=False, max_active_runs=1, tags=["handoff"])
def handoff():
    """Run, check, tell."""

    @task.bash(skip_on_exit_code=75)  # the run before is still at it
    def publish() -> str:
        return f"handoff run {SOURCES} --warehouse {WAREHOUSE} --json"

    @task.bash
    def check() -> str:
        return f"handoff check --warehouse {WAREHOUSE}"

    @task.bash
    def tell() -> str:
        return f"handoff notify --warehouse {WAREHOUSE} --about queue --team emea --json"

    publish() >> check() >> tell()


handoff()
