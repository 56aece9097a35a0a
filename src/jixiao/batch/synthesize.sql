-- One part of a made-up lake: filings number {first} up to {last}, each a table of the pool by a congruence of its number,
-- its amounts times a whole number, so that its rate and what it prints stay as they are.
CREATE OR REPLACE TEMP TABLE drawn AS
SELECT i AS filing, CAST((CAST(i AS HUGEINT) * 1103515245 + {seed} * 12345 + 1013904223) % 2147483647 % {size} AS BIGINT) AS source,
  CAST((CAST(i AS HUGEINT) * 48271 + {seed}) % 2147483647 % 97 AS BIGINT) + 1 AS times,
  CAST((CAST(i AS HUGEINT) * 69621 + {seed}) % 2147483647 % 800 AS BIGINT) AS place
FROM range({first}, {last}) numbers(i);
CREATE OR REPLACE TEMP TABLE made_filings AS
SELECT p.* REPLACE (d.filing AS filing, [{provinces}][d.place % 8 + 1] AS province,
  '第' || (d.place // 8 + 1) || '县' AS region, '部门' || (d.filing % 40 + 1) AS department,
  p.annual * d.times AS annual, p.annual_half * d.times AS annual_half,
  p.executed * d.times AS executed, p.executed_half * d.times AS executed_half)
FROM drawn d JOIN pool_filings p ON p.filing = d.source;
CREATE OR REPLACE TEMP TABLE made_funds AS
SELECT p.* REPLACE (d.filing AS filing, {amounts}) FROM drawn d JOIN pool_funds p ON p.filing = d.source;
CREATE OR REPLACE TEMP TABLE made_indicators AS
SELECT p.* REPLACE (d.filing AS filing) FROM drawn d JOIN pool_indicators p ON p.filing = d.source
