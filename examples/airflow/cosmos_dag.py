"""Airflow with Cosmos: a task of each model, for a warehouse that dbt alone builds and your loader fills.

Not tried here: Airflow and Cosmos want an environment of their own. Nothing is published by this; whoever needs all
marts of one moment together runs handoff_dag.py.
"""

from datetime import datetime

from cosmos import DbtDag, ExecutionConfig, ProfileConfig, ProjectConfig, RenderConfig
from cosmos.constants import TestIndirectSelection

PROJECT = "/srv/handoff/project"

scoring = DbtDag(
    dag_id="handoff_daily_scoring",
    schedule="5 5 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    project_config=ProjectConfig(PROJECT),
    profile_config=ProfileConfig(
        profile_name="handoff", target_name="duckdb", profiles_yml_filepath=f"{PROJECT}/profiles.yml"
    ),
    render_config=RenderConfig(selector="daily_scoring"),
    # a test that also reads what is not built yet waits until it is
    execution_config=ExecutionConfig(test_indirect_selection=TestIndirectSelection.BUILDABLE),
)
