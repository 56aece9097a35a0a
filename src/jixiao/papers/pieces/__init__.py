"""A file cut into papers: where each begins and ends, and what is no part of any."""
