"""Reads a self-evaluation table (自评表): its head, fund block, indicators and total."""
