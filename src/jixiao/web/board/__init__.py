"""The bureau's view: which filings a list or a board is about (`wanted`), their rows, counts and questions.

All of it starts from `access.visible_to`, so that a department's board is its own; nothing here changes anything.
"""
