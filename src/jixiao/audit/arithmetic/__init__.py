"""AR 数字勾稽: sums, rates, counts and grades that must come out, in tables and in running text."""
