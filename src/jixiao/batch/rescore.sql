-- What another rule-book changes, by place (province, region ...) and for all: `others` are the sheets under it.
SELECT f.place AS province, count(*) AS filings,
  sum(CASE WHEN s.score IS DISTINCT FROM o.score THEN 1 ELSE 0 END) AS scores_changed,
  sum(CASE WHEN s.grade IS DISTINCT FROM o.grade THEN 1 ELSE 0 END) AS grades_changed,
  sum(CASE WHEN o.score > s.score THEN 1 ELSE 0 END) AS higher,
  sum(CASE WHEN o.score < s.score THEN 1 ELSE 0 END) AS lower,
  max(o.score - s.score) AS most_gained, max(s.score - o.score) AS most_lost,
  sum(CASE WHEN s.score IS NULL THEN 1 ELSE 0 END) AS undecided_before,
  sum(CASE WHEN o.score IS NULL THEN 1 ELSE 0 END) AS undecided_after
FROM (SELECT *, {place} AS place FROM filings) f
JOIN sheets s ON s.filing = f.filing JOIN others o ON o.filing = f.filing
GROUP BY GROUPING SETS ((f.place), ()) ORDER BY f.place NULLS FIRST
