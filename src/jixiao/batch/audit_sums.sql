-- FD01 in one column of the fund block: the sources don't make the total, not even in another unit (funds.mixed_units).
SELECT filing, NULL, 'FD01', CASE WHEN {column}_told < sources OR slid THEN 'warning' ELSE 'error' END
FROM sources
WHERE more = 0 AND {column} <> 0 AND ({column}_least <> 0 OR {column}_most <> 0)
  AND NOT ({column} - {column}_half <= {column}_sum + {column}_open AND {column}_sum - {column}_open <= {column} + {column}_half)
  AND NOT ({column} > 0 AND {column}_sum > 0
    AND abs(greatest({column}, {column}_sum) - 10000 * CAST(least({column}, {column}_sum) AS {wide}))
      < 10 * CAST(least({column}, {column}_sum) AS {wide}))
