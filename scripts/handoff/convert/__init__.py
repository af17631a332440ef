"""A CRM's own CSV export, turned into the generic form by a plan that a person can read and edit.

The plan (YAML) says which file holds which table, which column is which, how times and numbers are written, and what
words mean. Nothing is guessed while converting: a cell that is not written as the plan says comes over word for word,
so that the run quarantines or names it, and every row that comes in goes out.
"""

from __future__ import annotations

from handoff.convert.convert import Converted, convert
from handoff.convert.draft import draft
from handoff.convert.plan import Plan, generic_tables, read_plan

__all__ = ["Converted", "Plan", "convert", "draft", "generic_tables", "read_plan"]
