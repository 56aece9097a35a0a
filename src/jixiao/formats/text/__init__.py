"""Plain text, Markdown and tabbed tables; see docs/formats/text.md."""
