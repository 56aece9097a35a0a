-- Which projects may have the same indicators: `own_names` holds each project's names, the form's own left out.
-- Two lists that are four fifths alike share one of their rarest names, as many as may differ and one more; nobody is
-- compared with anybody to find them. `plain_names` gives each number of names the first number that reads the same.
CREATE TABLE named AS
SELECT DISTINCT l.key, n.plain
FROM (SELECT filing, unnest(names) AS names FROM measured) m JOIN listed l ON l.filing = m.filing AND l.latest
  JOIN plain_names n ON n.names = m.names;

CREATE TABLE owners AS
SELECT l.key, CASE WHEN o.folded <> '' THEN o.folded ELSE '|' || l.key END AS owner, d.folded AS department,
  o.folded AS unit
FROM listed l JOIN tabled t ON t.nth = l.nth JOIN offices o ON o.text = t.office JOIN offices d ON d.text = t.department
WHERE l.latest;

CREATE TABLE form AS
WITH every AS (SELECT count(DISTINCT owner) AS owners FROM owners),
said AS (SELECT n.plain, count(DISTINCT o.owner) AS times FROM named n JOIN owners o ON o.key = n.key GROUP BY n.plain)
SELECT s.plain, s.times FROM said s, every e
WHERE s.times * {share_d} >= e.owners * {share_n} AND s.times >= least({most_owners}, greatest({few_owners}, (e.owners + 1) // 2));

CREATE TABLE own_names AS
WITH rare AS (SELECT plain, count(*) AS times FROM named GROUP BY plain)
SELECT n.key, n.plain, count(*) OVER (PARTITION BY n.key) AS many,
  row_number() OVER (PARTITION BY n.key ORDER BY r.times, n.plain) AS place
FROM named n JOIN rare r ON r.plain = n.plain ANTI JOIN form f ON f.plain = n.plain;

CREATE TABLE maybe_alike AS
WITH rarest AS (SELECT key, plain FROM own_names WHERE many >= {enough} AND place <= many - (many * 4 + 4) // 5 + 1),
met AS (SELECT plain FROM rarest GROUP BY plain HAVING count(*) > 1)
SELECT DISTINCT r.key FROM rarest r JOIN met m ON m.plain = r.plain
