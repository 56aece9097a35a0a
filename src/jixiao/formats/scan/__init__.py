"""Scanned pages and photographs."""
