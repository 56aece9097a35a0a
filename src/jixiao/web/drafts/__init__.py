"""What is being typed into a filing: its texts, the page they stand on, what the rule-book says of them meanwhile.

Nothing here changes anything; `actions.saving` and `actions.drafting` do.
"""
