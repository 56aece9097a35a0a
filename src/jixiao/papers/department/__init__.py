"""Reads the papers of a department: its report and its lists of projects."""
