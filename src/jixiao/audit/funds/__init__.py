"""FD 项目资金: the fund block, and what the papers say of the money."""
