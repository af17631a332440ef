"""Second opinions: what semantics mean, in plain Python, written without a look at the SQL."""
