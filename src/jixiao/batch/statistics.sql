-- What each filing adds to the statistics (rollup/statistics/marks.py), behind `rows` and `sheets` of score.sql; one row a
-- filing with a table. `classes` gives each number of names its first-level class without the points behind it.
marked_rows AS (
  SELECT i.filing, i.row, c.level1, i.points, i.printed, i.hit, i.satisfaction
  FROM indicators i JOIN classes c ON c.names = i.names WHERE i.points > 0 AND i.printed IS NOT NULL
),
class_sums AS (
  SELECT filing, level1, min(row) AS first, count(*) AS lines, sum(CASE WHEN points = printed THEN 1 ELSE 0 END) AS whole_marks,
    CAST(sum(printed) AS BIGINT) AS printed, CAST(sum(points) AS BIGINT) AS points
  FROM marked_rows GROUP BY filing, level1
),
class_lists AS (
  SELECT filing, list(struct_pack(level1 := level1, lines := lines, whole_marks := whole_marks, printed := printed, points := points)
    ORDER BY first) AS classes
  FROM class_sums GROUP BY filing
),
tallies AS (
  SELECT filing,
    count(*) FILTER (WHERE printed <> 0 AND printed < points) AS lost,
    count(*) FILTER (WHERE printed <> 0 AND printed < points AND printed % 500000 = 0) AS lost_round,
    count(satisfaction) AS satisfied, count(*) FILTER (WHERE satisfaction IN ({round_rates})) AS satisfied_round,
    count(hit) AS aimed, count(*) FILTER (WHERE hit) AS hits
  FROM marked_rows GROUP BY filing
),
row_lists AS (
  SELECT filing, list(satisfaction ORDER BY row) FILTER (WHERE satisfaction IS NOT NULL) AS rates,
    list(names ORDER BY row) AS names
  FROM indicators GROUP BY filing
),
set_beside AS (
  SELECT filing, printed, low, high, points FROM scores
  UNION ALL
  SELECT s.filing, f.execution_printed, s.execution_low, s.execution_high, s.execution_points
  FROM sheets s JOIN filings f ON f.filing = s.filing
),
gaps AS (
  SELECT filing, count(*) AS lines, CAST(sum(printed - least(greatest(printed, low), high)) AS BIGINT) AS gap,
    CAST(sum(points) AS BIGINT) AS points
  FROM set_beside WHERE printed IS NOT NULL AND low IS NOT NULL AND high IS NOT NULL AND points <> 0 GROUP BY filing
),
money_spent AS (
  SELECT filing, max(executed) AS executed FROM funds WHERE source = {line_total} GROUP BY filing
),
paper_origins AS (
  SELECT filing, min(file) AS file, min(index) AS place, min(kind) AS kind FROM papers WHERE main GROUP BY filing
),
measured AS (
  SELECT f.filing, f.year, coalesce(f.department, '') AS department, coalesce(f.unit, '') AS unit,
    coalesce(f.project, '') AS project, coalesce(o.file, '') AS file, coalesce(o.place, 0) AS place, o.kind,
    f.total_printed AS total, s.high AS most, f.spent_digits, CASE WHEN f.spent_unit IS NOT NULL THEN p.executed END AS spent,
    c.classes, r.rates, r.names, a.lines AS above_lines, a.gap, a.points AS above_points,
    coalesce(t.lost, 0) AS lost, coalesce(t.lost_round, 0) AS lost_round, coalesce(t.satisfied, 0) AS satisfied,
    coalesce(t.satisfied_round, 0) AS satisfied_round, coalesce(t.aimed, 0) AS aimed, coalesce(t.hits, 0) AS hits
  FROM filings f JOIN sheets s ON s.filing = f.filing LEFT JOIN paper_origins o ON o.filing = f.filing
    LEFT JOIN class_lists c ON c.filing = f.filing LEFT JOIN tallies t ON t.filing = f.filing
    LEFT JOIN row_lists r ON r.filing = f.filing LEFT JOIN gaps a ON a.filing = f.filing
    LEFT JOIN money_spent p ON p.filing = f.filing
)
SELECT * FROM {result}
