"""What is being typed into a form: its texts, its page, its record."""
