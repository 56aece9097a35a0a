-- One part of a made-up lake: filings number {first} up to {last}, each a table of the pool, its amounts to be multiplied by
-- `times`, and every row a place among those that are alike in all but their figures (`slots`).
-- `rank` is their order. Draws are by arithmetic on the numbers alone.
CREATE OR REPLACE TEMP TABLE drawn AS
SELECT d.*, y.year, row_number() OVER (ORDER BY y.year, d.province, d.filing) AS rank FROM (
  SELECT filing, (d0 % {books}) * {each} + {kind} AS source, d3 % 97 + 1 AS times, '第' || (d4 % 100 + 1) || '县' AS region,
    '部门' || (d5 % 40 + 1) AS department, {province} AS province
  FROM (SELECT filing, {draws} FROM (SELECT range AS filing FROM range({first}, {last})) numbers) drawing
) d JOIN years y ON y.source = d.source;
CREATE OR REPLACE TEMP TABLE made_funds AS
SELECT d.filing, d.year, d.province, d.times, l.place, d.rank FROM drawn d JOIN lines l ON l.source = d.source;
CREATE OR REPLACE TEMP TABLE made_rows AS
SELECT filing, CAST(row AS INTEGER) AS row, year, province, rank * {room} + row AS rank, first + draw % alike AS place
FROM (
  SELECT d.filing, s.row, d.year, d.province, d.rank, s.first, s.alike, {row_draw} AS draw
  FROM drawn d JOIN slots s ON s.source = d.source
) picked
