"""NA 报告文字: the parts of a report, its claims, its documents and its wording."""
