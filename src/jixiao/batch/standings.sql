-- What each filing adds to each figure, and each group's projects by the shape of their shares, behind listed.sql.
CREATE TABLE class_sums AS
SELECT m.filing, l.nth, l.grp, m.place, m.class.level1, m.class.lines, m.class.whole_marks, m.class.printed, m.class.points
FROM (SELECT filing, unnest(classes) AS class, unnest(range(len(classes))) AS place FROM measured) m
  JOIN listed l ON l.filing = m.filing;

CREATE TABLE shares AS
WITH told AS (
  SELECT 'full_marks' AS measure, '' AS part, filing, sum(whole_marks) AS n, sum(lines) AS d, sum(lines) AS rows
  FROM class_sums GROUP BY filing
  UNION ALL SELECT 'full_marks', level1, filing, whole_marks, lines, lines FROM class_sums WHERE level1 <> ''
  UNION ALL SELECT 'above_ours', '', filing, gap, above_points, above_lines FROM measured WHERE above_points <> 0
  UNION ALL SELECT 'round_scores', '', filing, lost_round, lost, lost FROM measured WHERE lost > 0
  UNION ALL SELECT 'round_rates', '', filing, satisfied_round, satisfied, satisfied FROM measured WHERE satisfied > 0
  UNION ALL SELECT 'hit_exactly', '', filing, hits, aimed, aimed FROM measured WHERE aimed > 0
  UNION ALL SELECT 'below_last_year', '', l.filing, b.n, b.d, b.d FROM below b JOIN listed l ON l.nth = b.nth
)
SELECT t.measure, t.part, l.key, l.nth, CAST(t.n AS BIGINT) AS n, CAST(t.d AS BIGINT) AS d, CAST(t.rows AS BIGINT) AS rows,
  first_value(l.grp) OVER (PARTITION BY t.measure, t.part, l.key ORDER BY l.nth) AS grp
FROM told t JOIN listed l ON l.filing = t.filing;

CREATE TABLE shaped AS
WITH by_project AS (
  SELECT measure, part, any_value(grp) AS grp, count(*) AS filings, sum(rows) AS rows,
    CASE WHEN count(*) = 1 THEN any_value(n || '/' || d) ELSE string_agg(n || '/' || d, ' ' ORDER BY n, d) END AS shape
  FROM shares GROUP BY measure, part, key
)
SELECT measure, part, grp, shape, CAST(sum(filings) AS BIGINT) AS filings, CAST(sum(rows) AS BIGINT) AS rows, count(*) AS times
FROM by_project GROUP BY measure, part, grp, shape ORDER BY measure, part, grp
