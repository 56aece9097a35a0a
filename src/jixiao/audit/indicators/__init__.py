"""IS 指标设置: which indicators a table has, under which classes, with which points."""
