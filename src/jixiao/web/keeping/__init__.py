"""Keeping the data safe: copies of database and files taken while people work, put back into an empty place, swept."""
