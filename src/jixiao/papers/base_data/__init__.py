"""基础数据表: reads a base-data form, and lays one out."""
