"""Which cell of a table each figure of a report restates, and whether the two agree."""
