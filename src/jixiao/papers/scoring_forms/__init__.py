"""评分表: reads a scoring form, and lays one out."""
