-- FD01 in one column of the fund block: the sources don't make the total, not even in another unit (funds.mixed_units).
+ CASE WHEN more = 0 AND b.{column} <> 0 AND ({column}_least <> 0 OR {column}_most <> 0)
    AND NOT (b.{column} - b.{column}_half <= {column}_sum + {column}_open
      AND {column}_sum - {column}_open <= b.{column} + b.{column}_half)
    AND NOT (b.{column} > 0 AND {column}_sum > 0
      AND abs(greatest(b.{column}, {column}_sum) - 10000 * CAST(least(b.{column}, {column}_sum) AS {wide}))
        < 10 * CAST(least(b.{column}, {column}_sum) AS {wide}))
  THEN CASE WHEN {column}_told < sources OR (f.traits & {table_slid}) <> 0 OR (f.traits & {table_glued}) <> 0
    THEN {warning} ELSE {error} END ELSE 0 END
