"""The Python package behind the handoff command."""
