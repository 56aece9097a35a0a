"""AV 完成值与佐证: results, how they were measured, what stands behind them, and what reports tell of them."""
