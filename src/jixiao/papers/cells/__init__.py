"""From pieces of text to cells under headings: a page as a stream of atoms, and what column each belongs to."""
