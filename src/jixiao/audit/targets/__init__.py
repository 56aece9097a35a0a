"""TV 指标值: targets, their signs, units and levels."""
