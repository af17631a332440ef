"""How long it takes to find out who is one person, beside reading the same columns, and how that grows.

Records in chains of up to fifty, each merged into the next, some with an address that two chains share: the worst that
a CRM's clean-ups leave behind. Times are CPU seconds of this process and every figure printed is a ratio to a scan of
the same columns in the same run, so that they compare between machines. Beside the models' SQL: polars (smallest label
passed on by joins, labels of labels followed) and splink's clustering, on the same links, where they are installed
(`pip install '.[benchmarks]'`).

Usage: python benchmarks/identity.py [--records 10000 100000 1000000] [--repeats 3]
Exit 0: printed. Exit 1: two of them found different people.
"""

from __future__ import annotations

import argparse
import importlib.util
import math
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "python"))
from support.compiled import Warehouse, compiled_project

SCANNED = "record_key, source_system, record_id, record_type, email, created_at, converted_contact_id, merged_into_id"
COMPONENTS = ("int_linked_records_numbered", "int_record_links_contracted", "int_record_components_labelled")


def cpu_seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def fill(warehouse: Warehouse, count: int) -> None:
    """`count` records: chains of one to fifty merges; every fourth chain shares an address with the next one."""
    for model in ("int_people_unioned", "stg_generic__record_links", "stg_rules__identity_overrides"):
        warehouse.put(model)
    warehouse.put("int_registrable_domains", [{"host": "acme.com", "registrable_domain": "acme.com"}])
    warehouse.connection.execute(
        f"""
        insert into {warehouse.project.node("int_people_unioned").relation} by name
        with numbered as (
            select range as number, range // 50 as block, 1 + hash(range // 50) % 50 as chain_length
            from range({count})
        ),
        placed as (
            select *, 'R' || number as record_id, number % 50 % chain_length as place from numbered
        )
        select
            md5('7:generic|' || length(record_id) || ':' || record_id) as record_key,
            'generic' as source_system,
            record_id,
            'lead' as record_type,
            case when place = 0 and block % 4 < 2 then 'p' || block // 4 || '@acme.com' end as email,
            timestamp '2025-01-01' + to_seconds(number) as created_at,
            case
                when place + 1 < chain_length and number % 50 < 49 and number + 1 < {count} then 'R' || (number + 1)
            end as merged_into_id,
            merged_into_id is not null as is_merged
        from placed
        """
    )


def scan(warehouse: Warehouse) -> None:
    greatest = ", ".join(f"max({column})" for column in SCANNED.split(", "))
    relation = warehouse.project.node("int_people_unioned").relation
    warehouse.connection.execute(f"select {greatest} from {relation}").fetchall()


def links(warehouse: Warehouse) -> str:
    relation = warehouse.project.node("int_record_links_unioned").relation
    return f"(select record_key, linked_record_key from {relation} where dropped_reason is null)"


def by_polars(warehouse: Warehouse) -> int:
    """Components by polars: labels passed on to neighbours and followed until none changes."""
    import polars

    pairs = warehouse.connection.execute(f"select * from {links(warehouse)}").pl()
    there = pairs.rename({"record_key": "linked_record_key", "linked_record_key": "record_key"})
    both = polars.concat([pairs, there.select(pairs.columns)])
    labels = both.select("record_key").unique().with_columns(polars.col("record_key").alias("label"))
    while True:
        passed = both.join(labels, left_on="linked_record_key", right_on="record_key").select("record_key", "label")
        hooked = passed.join(labels.rename({"label": "own_label"}), on="record_key").select(
            polars.col("own_label").alias("record_key"), "label"
        )
        smallest = polars.concat([labels, passed, hooked]).group_by("record_key").agg(polars.col("label").min())
        followed = smallest.join(smallest.rename({"record_key": "label", "label": "next_label"}), on="label").select(
            "record_key", polars.col("next_label").alias("label")
        )
        if followed.sort("record_key").equals(labels.sort("record_key")):
            return followed["label"].n_unique()
        labels = followed


def by_splink(warehouse: Warehouse) -> int:
    """Components by splink's own clustering, on DuckDB too."""
    from splink import DuckDBAPI
    from splink.clustering import cluster_pairwise_predictions_at_threshold

    pairs = links(warehouse)
    edges = warehouse.connection.execute(
        f"select record_key as unique_id_l, linked_record_key as unique_id_r from {pairs}"
    ).to_arrow_table()
    ends = warehouse.connection.execute(
        f"select record_key as unique_id from {pairs} union select linked_record_key from {pairs}"
    ).to_arrow_table()
    clusters = cluster_pairwise_predictions_at_threshold(
        ends, edges, db_api=DuckDBAPI(), node_id_column_name="unique_id"
    )
    row = clusters.as_duckdbpyrelation().aggregate("count(distinct cluster_id)").fetchone()
    return int(row[0]) if row else 0


def components_found(warehouse: Warehouse) -> int:
    relation = warehouse.project.node("int_record_components_labelled").relation
    row = warehouse.connection.execute(f"select count(distinct label) from {relation}").fetchone()
    return int(row[0]) if row else 0


def measure(count: int, repeats: int) -> tuple[dict[str, float], dict[str, int]]:
    """CPU seconds of each, the median of the repeats, and the components that each found."""
    others = {"polars": by_polars, "splink": by_splink}
    times: dict[str, list[float]] = {}
    found: dict[str, int] = {}
    for _ in range(repeats):
        with compiled_project("generic").warehouse() as warehouse:
            warehouse.connection.execute("set threads = 2")
            fill(warehouse, count)
            times.setdefault("scan", []).append(cpu_seconds(lambda: scan(warehouse)))
            done = cpu_seconds(lambda: warehouse.run("int_record_links_unioned"))
            warehouse.given.add("int_record_links_unioned")
            components = cpu_seconds(lambda: warehouse.run(COMPONENTS[-1]))
            warehouse.given.update(COMPONENTS)
            rest = cpu_seconds(lambda: warehouse.run("int_person_records_resolved"))
            times.setdefault("components", []).append(components)
            times.setdefault("people", []).append(done + components + rest)
            found["components"] = components_found(warehouse)
            for name, solve in others.items():
                if importlib.util.find_spec(name):
                    start = time.process_time()
                    found[name] = solve(warehouse)
                    times.setdefault(name, []).append(time.process_time() - start)
    return {name: statistics.median(taken) for name, taken in times.items()}, found


def main() -> int:
    parser = argparse.ArgumentParser(description="Ratios of identity to a scan of the same columns.")
    parser.add_argument("--records", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    for name in ("polars", "splink"):
        if not importlib.util.find_spec(name):
            print(f"{name} is not installed, so it is not measured; pip install '.[benchmarks]' brings it.")
    earlier: tuple[int, dict[str, float]] | None = None
    for count in options.records:
        taken, found = measure(count, options.repeats)
        print(f"{count:>9,} records, times of a scan: ", end="")
        print(", ".join(f"{name} {seconds / taken['scan']:.1f}" for name, seconds in taken.items() if name != "scan"))
        if earlier:
            grown = math.log(count / earlier[0])
            print("          exponent since the size before: ", end="")
            print(", ".join(f"{name} {math.log(taken[name] / earlier[1][name]) / grown:.2f}" for name in taken))
        if len(set(found.values())) > 1:
            print(f"they found different people: {found}", file=sys.stderr)
            return 1
        earlier = (count, taken)
    return 0


if __name__ == "__main__":
    sys.exit(main())
