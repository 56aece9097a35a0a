"""Files that are checked at once: read and judged behind a request, shown beside what was found, handed out again."""
