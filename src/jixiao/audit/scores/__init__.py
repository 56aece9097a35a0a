"""SC 计分: the scores of rows, and what texts say of them."""
