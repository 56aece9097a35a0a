"""Many filings at once: the law of jixiao.scoring in columns, on an engine that reads tables; equal to it, by test."""
