-- The digits of a lake that are tested: each with the test's name, its class, and the filing (`nth` of `tabled`).
CREATE TABLE rated AS
SELECT nth, unnest(rates) AS rate FROM (SELECT l.nth, m.rates FROM listed l JOIN measured m ON m.filing = l.filing WHERE l.latest);

CREATE TABLE spent AS
SELECT l.nth, l.latest, m.spent_digits, m.spent FROM listed l JOIN measured m ON m.filing = l.filing;

CREATE TABLE amounts AS
SELECT spent, row_number() OVER (ORDER BY spent) - 1 AS place, count(*) OVER () AS whole FROM spent WHERE latest AND spent >= {cent};

CREATE TABLE digits AS
SELECT 'last_digit' AS test, right(spent_digits, 1) AS name, nth FROM spent WHERE length(spent_digits) >= {significant}
UNION ALL
SELECT 'first_digit', left(CAST((spent + {cent}) // (2 * {cent}) AS VARCHAR), 1), nth FROM spent WHERE latest AND spent >= {cent}
UNION ALL
SELECT 'satisfaction_' || s.spike, w.whole || '%', r.nth
FROM rated r JOIN wholes w ON w.rate = r.rate JOIN (SELECT unnest([{spikes}]) AS spike) s ON abs(w.whole - s.spike) <= 1
