"""A made-up county (青禾县) to try the site with: `manage.py demo`. Nothing outside of that command imports it.

`county` makes offices, units and people, `papers` writes what units would hand in, `drafts` keeps what they would
have typed, `year` leads filings along the workflow, `follow_up` adds re-checks and demands, `crowd` adds quick rows
until a list is as long as a county's.
"""
