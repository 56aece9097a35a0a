"""What would make a paper consistent: the fewest changes, and the safe ones."""
