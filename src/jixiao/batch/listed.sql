-- Which filings of a lake count, behind `measured` (statistics.sql), `offices` and `projects` (names folded to be compared).
CREATE TABLE tabled AS
SELECT row_number() OVER (ORDER BY file, place, filing) AS nth, filing, coalesce(year, 0) AS year,
  CASE WHEN unit <> '' THEN unit ELSE department END AS office, {owner} AS owner, department, unit, project, file
FROM measured WHERE kind NOT IN ({no_results}) OR kind IS NULL;

-- One filing a project and year, the first by its file; a group is named after its first filing.
CREATE TABLE listed AS
WITH keyed AS (
  SELECT t.nth, t.filing, t.year, CASE WHEN g.folded <> '' THEN min(t.nth) OVER (PARTITION BY g.folded) END AS grp,
    CASE WHEN u.folded <> '' AND p.folded <> '' THEN min(t.nth) OVER (PARTITION BY u.folded, p.folded) ELSE t.nth END AS key
  FROM tabled t JOIN offices u ON u.text = t.office JOIN offices g ON g.text = t.owner JOIN projects p ON p.text = t.project
),
kept AS (
  SELECT * FROM keyed QUALIFY row_number() OVER (PARTITION BY key, year ORDER BY nth) = 1
)
SELECT *, year = max(year) OVER (PARTITION BY key) AS latest FROM kept;
