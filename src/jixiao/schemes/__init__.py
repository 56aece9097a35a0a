"""The rule-books: load one by id, list them, or choose the one that a paper falls under."""
