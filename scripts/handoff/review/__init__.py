"""The review page: one self-contained HTML file about one published run."""

from handoff.review.page import write_review

__all__ = ["write_review"]
