-- Scores by province and year (未知 where no paper tells), each province, and all: means half up to a millionth, the
-- weighted one by annual budget.
SELECT f.place AS province, f.moment AS year, count(*) AS filings, count(s.score) AS scored,
  sum(CASE WHEN s.score IS NULL THEN 1 ELSE 0 END) AS undecided,
  half_up(sum(CAST(s.score AS {wide})), CASE WHEN count(s.score) > 0 THEN count(s.score) END) AS simple_mean,
  half_up(sum(CASE WHEN s.score IS NOT NULL AND f.annual > 0 THEN CAST(s.score AS {wide}) * (f.annual {div} 10000) END),
    nullif(sum(CASE WHEN s.score IS NOT NULL AND f.annual > 0 THEN f.annual {div} 10000 END), 0)) AS weighted_mean,
  sum(CASE WHEN s.score = s.points THEN 1 ELSE 0 END) AS full_marks,
  sum(CASE WHEN s.grade = '优' THEN 1 ELSE 0 END) AS excellent,
  sum(CASE WHEN f.total_printed IS NOT NULL AND s.low IS NOT NULL
    AND (f.total_printed < s.low OR f.total_printed > s.high) THEN 1 ELSE 0 END) AS totals_refuted,
  sum(CAST(f.annual AS {wide})) AS annual, sum(CAST(f.executed AS {wide})) AS executed
FROM (SELECT *, coalesce(province, '未知') AS place, coalesce('' || year, '未知') AS moment FROM filings) f
JOIN sheets s ON s.filing = f.filing
GROUP BY GROUPING SETS ((f.place, f.moment), (f.place), ())
ORDER BY f.place NULLS FIRST, f.moment NULLS FIRST
