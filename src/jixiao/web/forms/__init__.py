"""Django forms, a module a noun: the only place that parses what a browser sends."""
