"""Published pages and page archives (html, mhtml)."""
