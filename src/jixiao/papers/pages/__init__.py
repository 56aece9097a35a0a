"""Lays records out as official pages, so that reading gives them back; and pages of lists."""
