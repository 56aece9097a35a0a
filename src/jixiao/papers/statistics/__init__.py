"""统计线索: lays the statistics of many filings out, with their charts."""
