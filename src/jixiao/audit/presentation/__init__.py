"""FM 版式: cells and text that stand where they don't belong, and personal data."""
