-- The law of jixiao.scoring in columns (decision 0039): every line of every filing under the rule-book of its `scheme`.
--
-- The tables are those of docs/batch.md; amounts, points and rates of 1 are whole millionths, NULL is silence. What needs
-- words was worked out by jixiao.scoring, once for each text and rule-book (`names_meant`, `words_meant`, `tiers_meant`).
-- Names in braces are filled in by name: the codes of codes.py, the wide integer, the operator, and the result asked for.
-- An execution row and a cap of the total are lines of their own beside the indicators (row -1 and -2).
WITH
-- ---------------------------------------------------------------- amounts of the fund block, for the parts that divide them
stated AS (
  SELECT f.filing, p.part, p.method, p.zero, p.threshold, f.rate, f.rate_half, f.rate_per,
    b.book, b.grain, b.final, b.total, p.part = b.execution AS executes, p.part = b.cap AS caps,
    coalesce(f.execution_points, p.points) AS due, f.execution_printed AS printed, f.execution_tenth AS tenth,
    CASE p.numerator WHEN {initial} THEN f.initial WHEN {annual} THEN f.annual WHEN {executed} THEN f.executed
      WHEN {allocated} THEN f.allocated ELSE f.received END AS spent,
    CASE p.numerator WHEN {initial} THEN f.initial_half WHEN {annual} THEN f.annual_half
      WHEN {executed} THEN f.executed_half WHEN {allocated} THEN f.allocated_half ELSE f.received_half END AS spent_half,
    CASE p.numerator WHEN {initial} THEN f.initial_scale WHEN {annual} THEN f.annual_scale
      WHEN {executed} THEN f.executed_scale WHEN {allocated} THEN f.allocated_scale ELSE f.received_scale END AS spent_scale,
    CASE p.denominator WHEN {initial} THEN f.initial WHEN {annual} THEN f.annual WHEN {executed} THEN f.executed
      WHEN {allocated} THEN f.allocated ELSE f.received END AS base,
    CASE p.denominator WHEN {initial} THEN f.initial_half WHEN {annual} THEN f.annual_half
      WHEN {executed} THEN f.executed_half WHEN {allocated} THEN f.allocated_half ELSE f.received_half END AS base_half,
    CASE p.denominator WHEN {initial} THEN f.initial_doubted WHEN {annual} THEN f.annual_doubted
      WHEN {executed} THEN f.executed_doubted WHEN {allocated} THEN f.allocated_doubted
      ELSE f.received_doubted END AS base_doubted
  FROM filings f JOIN books b ON b.scheme = f.scheme JOIN parts p ON p.book = b.book AND p.amounts
),
known AS (
  SELECT *, spent IS NOT NULL AND base IS NOT NULL AND NOT (base = 0 AND base_doubted) AS sound FROM stated
),
stripped AS (
  SELECT filing, part, method, zero, threshold, spent_scale, book, grain, final, total, executes, caps, due, printed, tenth,
    NOT sound AND rate IS NOT NULL AS by_rate,
    CASE WHEN sound THEN spent ELSE rate END AS spent,
    CASE WHEN sound THEN spent_half ELSE rate_half END AS spent_half,
    CASE WHEN sound THEN base ELSE {scale} * rate_per END AS base,
    CASE WHEN sound THEN base_half ELSE 0 END AS base_half
  FROM known
),
-- Both sides without the noughts that they share, so that most quotients fit the narrow integer.
divided AS (
  SELECT filing, part, method, zero, threshold, spent_scale, book, grain, final, total, executes, caps, due, printed, tenth,
    by_rate, spent {div} noughts AS spent, spent_half {div} noughts AS spent_half,
    base {div} noughts AS base, base_half {div} noughts AS base_half, noughts
  FROM (
    SELECT *, CASE WHEN base <> 0 AND spent % 10000 = 0 AND spent_half % 10000 = 0 AND base % 10000 = 0 AND base_half % 10000 = 0
      THEN 10000 ELSE 1 END AS noughts
    FROM stripped
  )
),
paid AS {streamed} (
  SELECT filing, part, by_rate, method, threshold, book, grain, final, total, executes, caps, due, printed, tenth,
    CASE WHEN base IS NULL OR base < 0 OR method NOT IN ({ratio}, {bands}) THEN {nothing_known}
      WHEN base > 0 AND spent = base AND method = {ratio} AND coalesce(threshold, 0) <= {scale} THEN {all_points}
      WHEN base > 0 OR zero = {as_one} THEN {a_rate}
      WHEN zero = {undecided} THEN {anything}
      WHEN zero = {full} OR spent <= 0 THEN {all_points}
      ELSE {no_points} END AS outcome,
    base = 0 AS fixed,
    CASE WHEN base = 0 THEN spent WHEN spent = base THEN 1 ELSE spent END AS n,
    CASE WHEN base = 0 THEN {scale} * spent_scale WHEN spent = base THEN 1 ELSE base END AS d,
    CASE WHEN base = 0 THEN spent WHEN spent = base THEN 1 ELSE spent - spent_half END AS n_least,
    CASE WHEN base = 0 THEN {scale} * spent_scale WHEN spent = base THEN 1 ELSE base + base_half END AS d_least,
    CASE WHEN base = 0 THEN spent WHEN spent = base THEN 1 WHEN base > base_half THEN spent + spent_half
      ELSE greatest(spent, base) END AS n_most,
    CASE WHEN base = 0 THEN {scale} * spent_scale WHEN spent = base THEN 1 WHEN base > base_half THEN base - base_half
      ELSE base END AS d_most
  FROM divided
),
-- Execution: mostly all points, a plain share of the budget, or nothing known; the rest goes the way of the indicators.
executions AS (
  SELECT *, coalesce(way = {nothing_known} OR (due % grain = 0 AND grain >= {share_grain} AND (way = {all_points} OR (way = {a_rate} AND method = {ratio}
      AND coalesce(threshold, 0) <= {scale} AND greatest(n, d, n_least, d_least, n_most, d_most) <= {share_most}))), FALSE) AS short
  FROM (SELECT *, CASE WHEN due >= 0 THEN outcome ELSE {nothing_known} END AS way FROM paid WHERE executes) dued
),
paid_shares AS (
  SELECT filing, due, grain, final, printed, tenth,
    CASE way WHEN {all_points} THEN due WHEN {a_rate} THEN share_points(n, d, due, grain, coalesce(threshold, 0)) END AS score,
    CASE WHEN way = {a_rate} AND NOT fixed THEN share_least(n_least, d_least, due, grain, coalesce(threshold, 0)) END AS lower,
    CASE WHEN way = {a_rate} AND NOT fixed THEN share_most(n_most, d_most, due, grain, coalesce(threshold, 0)) END AS upper
  FROM executions WHERE short
),
-- ---------------------------------------------------------------- indicators: what they are worth, which part scores them
-- Each row is read once and dealt to a lane. The lanes of the usual rows take theirs from here without a join, so that an
-- engine that streams need keep nothing; what is neither goes the whole way (`rest`).
seen AS {streamed} (
  SELECT i.filing, i.row, i.scheme, i.names, i.words, i.kind, i.stated, i.lo, i.hi, i.lo_out, i.hi_out, i.has_actual, i.has_figure,
    i.value, i.half, i.hedge, i.exact, i.exact_half, i.exact_per, i.measure, i.beyond, i.beyond_per, i.repeats, i.whole,
    i.kept, i.smaller, i.points, i.printed, i.tenth, i.deduction, i.traits, i.above, i.above_per,
    b.book, b.grain, b.final, b.share_from,
    CASE WHEN n.part IS NOT NULL THEN n.part WHEN i.kind = {qualitative} THEN b.qualitative
      ELSE by_kind(i.kind, b.positive, b.negative, b.exact, b.bounded) END AS part, n.holds_aimed AS holds,
    t.tier IS NOT NULL AS has_tier, t.standard, t.high AS tier_high, t.low AS tier_low, t.high_open, t.low_open,
    CASE WHEN NOT usual(w.absent, i.points, b.grain, b.deducts, i.deduction) THEN {lane_rest}
      WHEN n.part IS NOT NULL THEN CASE WHEN n.assessed AND i.kind <> {silent} THEN {lane_open} ELSE {lane_rest} END
      WHEN i.kind = {qualitative} THEN CASE WHEN i.has_actual AND b.by_tiers THEN {lane_words} ELSE {lane_rest} END
      WHEN met(i.kind, i.hedge, i.value, i.half, i.lo, i.lo_out, i.hi, i.hi_out)
        AND by_kind(i.kind, b.positive_full, b.negative_full, b.exact_full, b.bounded_full) THEN {lane_met}
      WHEN b.by_share AND shared(i.kind, i.hedge, i.has_actual, i.has_figure, i.value, i.half, i.lo, i.hi) THEN {lane_share}
      ELSE {lane_rest} END AS lane
  FROM indicators i JOIN books b ON b.scheme = i.scheme
    LEFT JOIN names_meant n ON n.book = b.book AND n.names = i.names
    LEFT JOIN words_meant w ON w.book = b.book AND w.words = i.words
    LEFT JOIN tiers t ON t.tier =
      CASE WHEN i.kind = {qualitative} THEN coalesce(w.tier, CASE WHEN i.repeats OR i.whole THEN b.best END) END
),
rest AS (
  SELECT {once} filing, row, scheme, names, words, kind, stated, lo, hi, lo_out, hi_out, has_actual, has_figure, value, half, hedge,
    exact, exact_half, exact_per, measure, beyond, beyond_per, repeats, whole, kept, smaller, points, printed, tenth,
    deduction, traits, above, above_per
  FROM seen WHERE lane = {lane_rest}
),
named AS {inline} (
  SELECT i.*, b.book, b.grain, b.final, b.deducts, b.execution AS execution_part,
    b.positive, b.negative, b.exact AS exact_part, b.bounded, b.deadline AS deadline_part, b.qualitative AS words_part,
    n.part AS special, n.amounts AS special_amounts, n.free AS special_free, n.for_figures AS special_for_figures,
    n.points AS points_by_name, n.class, n.is_part,
    CASE WHEN i.kind = {silent} THEN n.holds_bare ELSE n.holds_aimed END AS holds, n.execution AS execution_named,
    n.execution_alone, w.label, is_absent(i.has_actual, w.absent, b.blank_target, i.kind) AS absent
  FROM rest i JOIN books b ON b.scheme = i.scheme
    LEFT JOIN names_meant n ON n.book = b.book AND n.names = i.names
    LEFT JOIN words_meant w ON w.book = b.book AND w.words = i.words
),
-- Rows without points may get a share of their class's points; few filings have any.
splits AS (
  SELECT i.filing AS split_filing, n.class AS split_class, max(i.row) AS split_last, max(n.class_points) AS split_points,
    b.grain * half_up(CAST(max(n.class_points) AS {wide}), b.grain * count(*)) AS split_each, count(*) AS split_rows
  FROM (
      SELECT filing, row, scheme, names, words, kind, has_actual, points, printed FROM indicators
      WHERE filing IN (SELECT filing FROM indicators WHERE points IS NULL)
    ) i JOIN books b ON b.scheme = i.scheme
    JOIN names_meant n ON n.book = b.book AND n.names = i.names
    LEFT JOIN words_meant w ON w.book = b.book AND w.words = i.words
  WHERE n.class IS NOT NULL AND is_absent(i.has_actual, w.absent, b.blank_target, i.kind) IS NOT TRUE
    AND NOT (i.points IS NULL AND i.printed IS NULL AND n.is_part IS TRUE)
  GROUP BY i.filing, n.class, b.grain
  HAVING count(i.points) = 0 AND count(n.points) = 0
),
worth AS (
  SELECT *, absent IS TRUE OR (points IS NULL AND printed IS NULL AND is_part IS TRUE) AS out,
    CASE WHEN points IS NOT NULL THEN points WHEN points_by_name IS NOT NULL THEN points_by_name
      WHEN row = split_last THEN split_points - split_each * (split_rows - 1) ELSE split_each END AS due
  FROM named LEFT JOIN splits ON split_filing = filing AND split_class = class
),
own AS (
  SELECT *,
    CASE WHEN kind = {silent} AND execution_named THEN execution_part
      WHEN special IS NOT NULL AND NOT (NOT has_figure AND kind IN ({qualitative}, {before}, {unclear})
        AND special_for_figures) THEN special END AS own_part
  FROM worth
),
chosen AS (
  SELECT *,
    CASE WHEN out THEN {left_out}
      WHEN due IS NULL OR due < 0 THEN {nothing_known}
      WHEN own_part IS NOT NULL AND (special_amounts OR own_part = execution_part) THEN {by_amounts}
      WHEN own_part IS NOT NULL AND (special_free OR (kind <> {silent} AND has_actual)) THEN {by_method}
      WHEN NOT has_actual THEN {nothing_known}
      WHEN NOT has_figure AND kind <> {qualitative} AND label IS NOT NULL THEN {by_label}
      WHEN kind = {silent} THEN {nothing_known}
      WHEN kind = {unclear} THEN CASE WHEN repeats THEN {all_points} ELSE {nothing_known} END
      WHEN kind = {before} THEN {by_moment}
      ELSE {by_method} END AS way,
    CASE kind WHEN {at_most} THEN negative WHEN {exactly} THEN exact_part WHEN {between} THEN bounded
      WHEN {before} THEN deadline_part WHEN {qualitative} THEN words_part ELSE positive END AS kind_part
  FROM own
),
-- ---------------------------------------------------------------- all lines: indicators, execution, cap of the total
lines AS (
  SELECT c.filing, c.row, c.book, c.traits, c.above, c.above_per, c.grain, c.final,
    CASE WHEN c.way = {by_amounts} THEN own_part WHEN c.way = {by_method} AND own_part IS NOT NULL
        AND (special_free OR (kind <> {silent} AND has_actual)) THEN own_part
      WHEN c.way = {by_label} THEN words_part ELSE kind_part END AS part,
    CASE WHEN c.way <> {by_amounts} THEN c.way
      WHEN a.by_rate AND execution_alone IS NOT TRUE THEN {nothing_known}
      ELSE a.outcome END AS way,
    c.out, c.points, c.due, c.printed, c.tenth, CASE WHEN c.deducts THEN c.deduction END AS off, c.holds,
    c.kind, c.stated, c.lo, c.hi, c.lo_out, c.hi_out, c.value, c.half, c.hedge, c.has_actual, c.has_figure,
    c.exact, c.exact_half, c.exact_per, c.measure, c.beyond, c.beyond_per, c.repeats, c.whole, c.kept, c.smaller,
    c.words, c.label, a.fixed, a.n, a.d, a.n_least, a.d_least, a.n_most, a.d_most
  FROM chosen c LEFT JOIN paid a
    ON a.filing = CASE WHEN c.way = {by_amounts} THEN c.filing END AND a.part = c.own_part
  UNION ALL
  SELECT filing, -1, book, NULL, NULL, NULL, grain, final, part, way,
    FALSE, NULL, due, printed, tenth, NULL, FALSE,
    {silent}, FALSE, NULL, NULL, FALSE, FALSE, NULL, NULL, {plain}, FALSE, FALSE,
    NULL, NULL, NULL, NULL, NULL, NULL, FALSE, FALSE, NULL, FALSE,
    NULL, NULL, fixed, n, d, n_least, d_least, n_most, d_most
  FROM executions WHERE NOT short
  UNION ALL
  SELECT filing, -2, book, NULL, NULL, NULL, grain, TRUE, part, outcome,
    FALSE, NULL, total, NULL, FALSE, NULL, FALSE,
    {silent}, FALSE, NULL, NULL, FALSE, FALSE, NULL, NULL, {plain}, FALSE, FALSE,
    NULL, NULL, NULL, NULL, NULL, NULL, FALSE, FALSE, NULL, FALSE,
    NULL, NULL, fixed, n, d, n_least, d_least, n_most, d_most
  FROM paid WHERE caps
),
-- ---------------------------------------------------------------- what the method looks at, in one unit
weighed AS (
  SELECT l.*, p.method, p.zero, p.threshold, p.per, p.deduct, p.limit_at, p.best,
    l.due AS mark, CAST(least(l.due, l.grain * half_up(l.due, l.grain)) AS BIGINT) AS top,
    CASE WHEN l.value < p.floor_at THEN p.floor_at ELSE l.value END AS v,
    CASE WHEN l.value < p.floor_at THEN 0 ELSE l.half END AS h,
    CASE WHEN l.way = {by_method} THEN
        CASE WHEN p.by_figures THEN {by_figures}
          WHEN p.method = {bands} THEN {by_own_bands}
          WHEN p.method = {steps} THEN {by_steps}
          WHEN p.method = {rubric} THEN CASE WHEN l.has_actual THEN {by_tier} ELSE {nothing_known} END
          ELSE {anything} END
      WHEN l.way = {a_rate} AND p.method = {bands} THEN {by_bands}
      ELSE l.way END AS asked
  FROM lines l JOIN parts p ON p.part = l.part
),
sided AS (
  SELECT *, CASE WHEN asked = {by_figures} THEN side(v, lo, lo_out, hi, hi_out) END AS at_first FROM weighed
),
zeroed AS (
  SELECT *,
    asked = {by_figures} AND method NOT IN ({all_or_nothing}, {met_only}) AND
      CASE WHEN hi IS NULL THEN lo = 0
        WHEN lo IS NULL THEN hi = 0 AND at_first = 2 AND method = {linear_excess}
        ELSE lo = 0 AND hi = 0 AND at_first <> 0 END AS by_zero
  FROM sided
),
aimed AS {kept} (
  SELECT *,
    CASE WHEN by_zero AND zero = {as_one} AND hedge = {plain} AND lo IS NOT NULL THEN {scale} ELSE lo END AS aim_lo,
    CASE WHEN by_zero AND zero = {as_one} AND hedge = {plain} AND hi IS NOT NULL THEN {scale} ELSE hi END AS aim_hi,
    CASE asked
      WHEN {by_figures} THEN
        CASE WHEN value IS NULL THEN
            CASE WHEN kind IN ({at_least}, {at_most}, {exactly}, {between}) AND NOT has_figure AND repeats
              THEN {all_points} ELSE {nothing_known} END
          WHEN hedge = {about} THEN {anything}
          WHEN hedge <> {plain} THEN CASE WHEN by_zero THEN {anything} ELSE {by_hedge} END
          WHEN NOT by_zero OR zero = {as_one} THEN {by_figures}
          WHEN zero = {undecided} THEN {anything}
          WHEN zero = {full} OR v <= 0 THEN {all_points}
          ELSE {no_points} END
      WHEN {by_own_bands} THEN
        CASE WHEN measure IN ({a_share}, {bare_share})
          THEN CASE WHEN hedge = {about} THEN {anything} ELSE {by_own_bands} END ELSE {nothing_known} END
      WHEN {by_moment} THEN
        CASE WHEN kept THEN {all_points} WHEN kept IS NOT NULL AND method = {all_or_nothing} THEN {no_points}
          ELSE {anything} END
      WHEN {by_steps} THEN
        CASE WHEN NOT has_figure OR hedge <> {plain} THEN {nothing_known}
          WHEN limit_at IS NULL THEN CASE WHEN beyond IS NULL THEN {nothing_known} ELSE {by_steps} END
          WHEN measure IN ({a_share}, {other_unit}) THEN {by_steps} ELSE {nothing_known} END
      ELSE asked END AS how,
    CASE WHEN limit_at IS NULL THEN beyond ELSE CAST(exact AS {wide}) - CAST(limit_at AS {wide}) * exact_per END AS off_n,
    CASE WHEN limit_at IS NULL THEN beyond_per ELSE exact_per END AS off_d
  FROM zeroed
),
-- ---------------------------------------------------------------- a lane for each way: what a line is worth as vn / vd, its
-- score, and the least and the most that is allowed; least and greatest pass over what is NULL
fixed_ones AS (
  SELECT filing, row, book, kind, traits, above, above_per, part, grain, final, out, points, due,
    printed, tenth, off, holds, how, top,
    CASE how WHEN {all_points} THEN mark WHEN {no_points} THEN 0 WHEN {left_out} THEN 0 END AS vn, 1 AS vd,
    CASE how WHEN {all_points} THEN top WHEN {no_points} THEN 0 WHEN {left_out} THEN 0 END AS gained,
    CASE how WHEN {all_points} THEN top WHEN {nothing_known} THEN NULL ELSE 0 END AS least_given,
    CASE how WHEN {all_points} THEN top WHEN {anything} THEN top WHEN {nothing_known} THEN NULL ELSE 0 END AS most_given
  FROM aimed WHERE how <= {left_out}  -- nothing_known, anything, all_points, no_points, left_out
),
-- Figures beside their target; what is printed may lie anywhere between v - h and v + h.
placed AS (
  SELECT *, side(v, aim_lo, lo_out, aim_hi, hi_out) AS at_value,
    CASE WHEN h <> 0 THEN side(v - h, aim_lo, lo_out, aim_hi, hi_out) END AS at_lower,
    CASE WHEN h <> 0 THEN side(v + h, aim_lo, lo_out, aim_hi, hi_out) END AS at_upper
  FROM aimed WHERE how = {by_figures}
),
shared AS (
  SELECT *,
    CAST(share_over(method, at_value, v, aim_lo, aim_hi) AS {wide}) AS sn,
    CAST(share_under(method, at_value, v, aim_lo, aim_hi) AS {wide}) AS sd,
    at_value <> 0 AND kind = {exactly} AND smaller AS either_way
  FROM placed
),
ending AS (
  SELECT *, sn IS NOT NULL AND NOT (either_way AND NOT stated) AS decided,
    h <> 0 AND (at_lower <> 0 OR at_upper <> 0 OR at_value <> 0)
      AND NOT (at_value <> 0 AND (sn IS NULL OR (either_way AND NOT stated))) AS both_ends,
    at_value <> 0 AND (sn IS NULL OR either_way) AS by_knowledge
  FROM shared
),
ended AS (
  SELECT *,
    CASE WHEN at_value = 0 THEN top WHEN decided THEN score_of(mark, top, grain, sn, sd, threshold) END AS gained,
    CASE WHEN at_value = 0 THEN mark WHEN decided THEN earned(mark, sn, sd, threshold) END AS vn,
    CASE WHEN at_value = 0 THEN 1 ELSE sd END AS vd,
    CASE WHEN at_value <> 0 AND h = 0 AND decided THEN score_first(mark, top, grain, sn, sd, threshold) END AS end_first,
    CASE WHEN both_ends THEN CAST(share_over(method, at_lower, v - h, aim_lo, aim_hi) AS {wide}) END AS ln,
    CASE WHEN both_ends THEN CAST(share_under(method, at_lower, v - h, aim_lo, aim_hi) AS {wide}) END AS ld,
    CASE WHEN both_ends THEN CAST(share_over(method, at_upper, v + h, aim_lo, aim_hi) AS {wide}) END AS hn,
    CASE WHEN both_ends THEN CAST(share_under(method, at_upper, v + h, aim_lo, aim_hi) AS {wide}) END AS hd,
    CASE WHEN NOT by_knowledge THEN NULL
      WHEN at_value = 1 AND aim_lo > 0 THEN rounded(CAST(mark AS {wide}) * greatest(v, 0), CAST(aim_lo AS {wide}), grain, top)
      WHEN at_value = 2 AND aim_hi > 0 AND v > 0
        THEN rounded(CAST(mark AS {wide}) * aim_hi, CAST(v AS {wide}), grain, top) END AS end_known,
    CASE WHEN by_knowledge AND at_value = 2 AND aim_hi > 0
      THEN rounded(mark * (2 * CAST(aim_hi AS {wide}) - v), CAST(aim_hi AS {wide}), grain, top) END AS end_known_too
  FROM ending
),
reached AS (
  SELECT *,
    score_of(mark, top, grain, ln, ld, threshold) AS end_lower, score_first(mark, top, grain, ln, ld, threshold) AS end_lower_first,
    score_of(mark, top, grain, hn, hd, threshold) AS end_upper, score_first(mark, top, grain, hn, hd, threshold) AS end_upper_first,
    CASE WHEN (both_ends AND at_lower <> at_upper)
        OR (either_way AND (NOT stated OR sn IS NOT NULL))
        OR (sn IS NULL AND aim_lo = aim_hi AND (end_known IS NOT NULL OR end_known_too IS NOT NULL))
      THEN top END AS end_top
  FROM ended
),
figures AS (
  SELECT filing, row, book, kind, traits, above, above_per, part, grain, final, out, points, due,
    printed, tenth, off, holds, how, top, vn, vd, gained,
    least(gained, end_first, end_lower, end_lower_first, end_upper, end_upper_first, end_known, end_known_too, end_top)
      AS least_given,
    greatest(gained, end_first, end_lower, end_lower_first, end_upper, end_upper_first, end_known, end_known_too, end_top)
      AS most_given
  FROM reached
),
-- "At least", "at most" beside the only figure: from v as far as the value may lie.
hedging AS (
  SELECT *, side(v, aim_lo, lo_out, aim_hi, hi_out) AS at_value,
    CASE WHEN hedge = {up} THEN
        CASE WHEN aim_hi IS NULL THEN 1 WHEN method = {all_or_nothing} THEN 0 WHEN method = {met_only} THEN NULL
          WHEN method = {ratio} AND aim_lo IS NULL THEN NULL
          WHEN method = {ratio} AND aim_lo = aim_hi THEN CASE WHEN aim_hi > 0 THEN 1 END
          WHEN method = {linear_excess} THEN CASE WHEN aim_hi > 0 THEN 0 END
          ELSE CASE WHEN aim_hi >= 0 THEN 0 END END
      ELSE CASE WHEN aim_lo IS NULL THEN 1 WHEN method = {all_or_nothing} THEN 0 WHEN method = {met_only} THEN NULL
        WHEN aim_lo > 0 AND (method = {ratio} OR (aim_hi IS NOT NULL AND aim_lo <> aim_hi)) THEN 0 END END AS far_share,
    CASE WHEN hedge = {up} THEN v <= aim_hi ELSE v >= aim_lo END AS met_between
  FROM aimed WHERE how = {by_hedge}
),
hedged_shares AS (
  SELECT *, CAST(share_over(method, at_value, v, aim_lo, aim_hi) AS {wide}) AS sn,
    CAST(share_under(method, at_value, v, aim_lo, aim_hi) AS {wide}) AS sd
  FROM hedging
),
hedged_ends AS (
  SELECT *,
    earned(mark, sn, sd, threshold) = mark * sd AND earned(mark, far_share, 1, threshold) = mark
      AND (NOT met_between OR earned(mark, 1, 1, threshold) = mark) AS full_throughout,
    CASE WHEN sn IS NOT NULL AND far_share IS NOT NULL THEN score_of(mark, top, grain, sn, sd, threshold) END AS end_one,
    CASE WHEN sn IS NOT NULL AND far_share IS NOT NULL THEN score_of(mark, top, grain, far_share, 1, threshold) END AS end_two,
    CASE WHEN sn IS NOT NULL AND far_share IS NOT NULL AND met_between
      THEN score_of(mark, top, grain, 1, 1, threshold) END AS end_three
  FROM hedged_shares
),
hedged AS (
  SELECT filing, row, book, kind, traits, above, above_per, part, grain, final, out, points, due,
    printed, tenth, off, holds, how, top,
    CASE WHEN full_throughout THEN mark END AS vn, 1 AS vd, CASE WHEN full_throughout THEN top END AS gained,
    least(CASE WHEN full_throughout THEN top END, end_one, end_two, end_three) AS least_given,
    greatest(CASE WHEN full_throughout THEN top END, end_one, end_two, end_three) AS most_given
  FROM hedged_ends
),
-- Rates of the fund block.
rates AS (
  SELECT filing, row, book, kind, traits, above, above_per, part, grain, final, out, points, due,
    printed, tenth, off, holds, how, top, mark, threshold, fixed, n, d, n_least, d_least, n_most, d_most,
    mark % grain = 0 AND grain >= {share_grain} AND coalesce(threshold, 0) <= {scale} AND greatest(n, d, n_least, d_least, n_most, d_most) <= {share_most} AS narrow
  FROM aimed WHERE how = {a_rate}
),
rate_scores AS (
  SELECT filing, row, book, kind, traits, above, above_per, part, grain, final, out, points, due,
    printed, tenth, off, holds, how, top,
    earned(CAST(mark AS {wide}), n, d, threshold) AS vn, d AS vd,
    rate_score(narrow, mark, top, grain, n, d, threshold) AS gained,
    CASE WHEN NOT fixed THEN rate_score(narrow, mark, top, grain, n_least, d_least, threshold) END AS end_lower,
    CASE WHEN NOT fixed THEN rate_score_first(narrow, mark, top, grain, n_least, d_least, threshold) END AS end_lower_first,
    CASE WHEN NOT fixed THEN rate_score(narrow, mark, top, grain, n_most, d_most, threshold) END AS end_upper,
    CASE WHEN NOT fixed THEN rate_score_first(narrow, mark, top, grain, n_most, d_most, threshold) END AS end_upper_first
  FROM rates
),
rated AS (
  SELECT filing, row, book, kind, traits, above, above_per, part, grain, final, out, points, due,
    printed, tenth, off, holds, how, top, vn, vd, gained,
    least(gained, end_lower, end_lower_first, end_upper, end_upper_first) AS least_given,
    greatest(gained, end_lower, end_lower_first, end_upper, end_upper_first) AS most_given
  FROM rate_scores
),
-- Bands over a rate of the fund block, or over the row's own, which may be a band's edge in print.
on_edges AS (
  SELECT DISTINCT a.filing AS edge_filing, a.row AS edge_row
  FROM aimed a LEFT JOIN bands b ON b.part = a.part
  WHERE a.how = {by_own_bands} AND (a.exact = 0 OR CAST(a.exact AS {wide}) = CAST(b.low AS {wide}) * a.exact_per
    OR CAST(a.exact AS {wide}) = CAST(b.high AS {wide}) * a.exact_per)
),
edged AS (
  SELECT *, CAST(exact_per AS {wide}) * {scale} AS rate_d, edge_filing IS NOT NULL AS on_edge
  FROM aimed LEFT JOIN on_edges ON edge_filing = filing AND edge_row = row
  WHERE how IN ({by_bands}, {by_own_bands})
),
edges AS (
  SELECT *,
    CAST(CASE WHEN how = {by_own_bands} THEN exact ELSE n END AS {wide}) AS sn,
    CAST(CASE WHEN how = {by_own_bands} THEN rate_d ELSE d END AS {wide}) AS sd,
    CAST(CASE WHEN how = {by_bands} THEN n_least WHEN hedge = {down} THEN 0 WHEN on_edge OR hedge = {up} THEN exact
      ELSE exact - exact_half END AS {wide}) AS ln,
    CAST(CASE WHEN how = {by_own_bands} THEN rate_d ELSE d_least END AS {wide}) AS ld,
    CAST(CASE WHEN how = {by_bands} THEN n_most WHEN hedge = {up} THEN greatest(CAST(exact AS {wide}), rate_d)
      WHEN on_edge OR hedge = {down} THEN exact ELSE exact + exact_half END AS {wide}) AS hn,
    CAST(CASE WHEN how = {by_own_bands} THEN rate_d ELSE d_most END AS {wide}) AS hd
  FROM edged
),
-- What the rate would be in print.
printed_edges AS {kept} (
  SELECT filing, row, book, kind, traits, above, above_per, part, grain, final, out, points, due,
    printed, tenth, off, holds, how, top, mark,
    sn, sd, ln, ld, hn, hd, in_print(ln, ld) AS lp, in_print(hn, hd) AS hp
  FROM edges
),
beside_bands AS (
  SELECT e.filing, e.row, e.sn * {scale} AS sn, e.sd, e.ln * {scale} AS ln, e.ld, e.hn * {scale} AS hn, e.hd,
    e.lp * {scale} AS lp, e.hp * {scale} AS hp, e.mark, e.grain, e.top,
    b.place, b.low, b.high, b.low_open, b.high_closed, b.needs, b.share, b.deduct
  FROM printed_edges e JOIN bands b ON b.part = e.part
),
touching AS (
  SELECT filing, row,
    CASE WHEN holds(low, high, low_open, high_closed, sn, sd) THEN place END AS place,
    CASE WHEN holds(low, high, low_open, high_closed, ln, ld) OR holds(low, high, low_open, high_closed, hn, hd)
        OR holds(low, high, low_open, high_closed, lp, 10000) OR holds(low, high, low_open, high_closed, hp, 10000)
        OR (ln < low * ld AND high * hd < hn) OR (needs AND low * sd > sn)
      THEN rounded(band_points(share, deduct, mark), {scale}, grain, top) END AS touched
  FROM beside_bands
),
touched AS (
  SELECT filing AS touched_filing, row AS touched_row, min(place) AS place, min(touched) AS least_touched,
    max(touched) AS most_touched
  FROM touching GROUP BY filing, row
),
in_band AS (
  SELECT e.*, t.least_touched, t.most_touched,
    CASE WHEN b.place IS NOT NULL THEN band_points(b.share, b.deduct, e.mark) END AS vn,
    CASE WHEN b.place IS NOT NULL THEN rounded(band_points(b.share, b.deduct, e.mark), {scale}, e.grain, e.top) END AS gained
  FROM printed_edges e LEFT JOIN touched t ON t.touched_filing = e.filing AND t.touched_row = e.row
    LEFT JOIN bands b ON b.part = e.part AND b.place = t.place
),
banded AS (
  SELECT filing, row, book, kind, traits, above, above_per, part, grain, final, out, points, due,
    printed, tenth, off, holds, how, top, vn, {scale} AS vd, gained,
    CASE WHEN gained IS NULL THEN 0 ELSE least(gained, least_touched) END AS least_given,
    CASE WHEN gained IS NULL THEN top ELSE greatest(gained, most_touched) END AS most_given
  FROM in_band
),
-- Points off for each step beyond the target.
counted_steps AS (
  SELECT *, CASE WHEN off_n > 0 THEN cut(CAST(off_n AS {wide}), CAST(off_d AS {wide}) * per) END AS whole_steps,
    CASE WHEN off_n <= 0 THEN CAST(mark AS {wide}) ELSE greatest(CAST(off_d AS {wide}) * per * mark - CAST(off_n AS {wide}) * deduct, 0) END AS vn,
    CASE WHEN off_n <= 0 THEN 1 ELSE CAST(off_d AS {wide}) * per END AS vd
  FROM aimed WHERE how = {by_steps}
),
step_scores AS (
  SELECT *, CASE WHEN vn = mark AND vd = 1 THEN top ELSE rounded(vn, vd, grain, top) END AS gained,
    rounded(mark - CAST(deduct AS {wide}) * CASE
      WHEN whole_steps * off_d * per = off_n THEN whole_steps ELSE whole_steps + 1 END, 1, grain, top) AS end_lower,
    rounded(mark - CAST(deduct AS {wide}) * whole_steps, 1, grain, top) AS end_upper
  FROM counted_steps
),
stepped AS (
  SELECT filing, row, book, kind, traits, above, above_per, part, grain, final, out, points, due,
    printed, tenth, off, holds, how, top, vn, vd, gained,
    least(gained, end_lower) AS least_given, greatest(gained, end_upper) AS most_given
  FROM step_scores
),
-- Words: the tier that they mean.
tier_found AS (
  SELECT a.*, t.tier IS NOT NULL AS has_tier, t.standard, t.high, t.low, t.high_open, t.low_open
  FROM aimed a LEFT JOIN tiers_meant m ON m.part = CASE WHEN a.how = {by_tier} THEN a.part END AND m.words = a.words
    LEFT JOIN tiers t ON t.tier = CASE WHEN a.how = {by_label} THEN a.label
      ELSE coalesce(m.tier, CASE WHEN a.repeats OR a.whole THEN a.best END) END
  WHERE a.how IN ({by_tier}, {by_label})
),
tier_points AS (
  SELECT *, tier_points(standard, mark, grain, top) AS gained, tier_points(high, mark, grain, top) AS high_points,
    tier_points(low, mark, grain, top) AS low_points
  FROM tier_found
),
tier_ends AS (
  SELECT *, tier_most(high_points, high, high_open, mark, grain) AS tier_top FROM tier_points
),
tier_scores AS (
  SELECT *, mark * standard AS vn,
    CASE WHEN has_tier THEN tier_least(low_points, low, low_open, mark, grain, tier_top) WHEN how = {by_tier} THEN 0 END AS end_lower,
    CASE WHEN has_tier THEN tier_top WHEN how = {by_tier} THEN top END AS end_upper
  FROM tier_ends
),
tiered AS (
  SELECT filing, row, book, kind, traits, above, above_per, part, grain, final, out, points, due,
    printed, tenth, off, holds, how, top, vn, {scale} AS vd, gained,
    least(gained, end_lower) AS least_given, greatest(gained, end_upper) AS most_given
  FROM tier_scores
),
bounded AS (
  SELECT * FROM fixed_ones UNION ALL SELECT * FROM figures UNION ALL SELECT * FROM hedged UNION ALL SELECT * FROM rated
  UNION ALL SELECT * FROM banded UNION ALL SELECT * FROM stepped UNION ALL SELECT * FROM tiered
),
lessened AS (
  SELECT filing, row, book, kind, traits, above, above_per, part, grain, final, out, points AS own_points, due, printed, tenth,
    holds,
    CASE WHEN how = {left_out} THEN 0 ELSE due END AS points,
    how <> {left_out} AND off > 0 AND gained IS NOT NULL AS lessens,
    gained, least_given, most_given, top, how,
    CASE WHEN off > 0 AND gained IS NOT NULL THEN rounded(vn - off * vd, vd, grain, top) END AS kept_score,
    CASE WHEN off > 0 AND gained IS NOT NULL THEN rounded(least_given - off, 1, grain, top) END AS kept_least,
    CASE WHEN off > 0 AND gained IS NOT NULL THEN rounded(most_given - off, 1, grain, top) END AS kept_most
  FROM bounded
),
settled AS (
  SELECT filing, row, book, kind, traits, above, above_per, part, grain, final, out, own_points, printed, tenth, holds, points,
    tenth AND how <> {left_out} AS stands_for,
    CAST(CASE WHEN lessens THEN kept_score ELSE gained END AS BIGINT) AS score,
    CAST(CASE WHEN lessens THEN least(kept_score, kept_least) ELSE least_given END AS BIGINT) AS low,
    CAST(CASE WHEN lessens THEN greatest(kept_score, kept_most) ELSE most_given END AS BIGINT) AS high
  FROM lessened
),
weighed_up AS {kept} (
  SELECT filing, row, book, kind, traits, above, above_per, part, out, own_points, printed, tenth, holds, points, score,
    least(low, as_printed(score, printed, points, grain, stands_for, final)) AS low,
    greatest(high, as_printed(score, printed, points, grain, stands_for, final)) AS high
  FROM settled
),
-- ---------------------------------------------------------------- the lanes of the usual rows
-- Ends of what a share or a tier leaves open, rounded, before one is taken for the least and one for the most.
usual_ends AS (
  SELECT *,
    CASE lane WHEN {lane_met} THEN points WHEN {lane_share} THEN share_points(value, lo, points, grain, share_from)
      WHEN {lane_words} THEN tier_points(standard, points, grain, points) END AS score,
    CASE lane WHEN {lane_share} THEN share_least(value - half, lo, points, grain, share_from)
      WHEN {lane_words} THEN tier_points(tier_low, points, grain, points) END AS low_end,
    CASE lane WHEN {lane_share} THEN share_most(value + half, lo, points, grain, share_from)
      WHEN {lane_words} THEN tier_points(tier_high, points, grain, points) END AS high_end
  FROM seen WHERE lane <> {lane_rest}
),
usual AS (
  SELECT *,
    CASE lane WHEN {lane_met} THEN points WHEN {lane_share} THEN low_end
      WHEN {lane_words} THEN CASE WHEN has_tier THEN least(score, tier_least(low_end, tier_low, low_open, points, grain,
        tier_most(high_end, tier_high, high_open, points, grain))) ELSE 0 END
      ELSE 0 END AS least_given,
    CASE lane WHEN {lane_met} THEN points WHEN {lane_share} THEN high_end
      WHEN {lane_words} THEN CASE WHEN has_tier
        THEN greatest(score, tier_most(high_end, tier_high, high_open, points, grain)) ELSE points END
      ELSE points END AS most_given
  FROM usual_ends
),
usual_beside_print AS (
  SELECT *, as_printed(score, printed, points, grain, tenth, final) AS printed_for FROM usual
),
scores AS {inline} (
  SELECT * FROM weighed_up WHERE row >= 0
  UNION ALL
  SELECT filing, row, book, kind, traits, above, above_per, part, FALSE, points, printed, tenth, holds, points, score,
    least(least_given, printed_for), greatest(most_given, printed_for)
  FROM usual_beside_print
),
-- ---------------------------------------------------------------- the total of each filing
added AS (
  SELECT filing, count(*) AS indicators,
    CAST(sum(points) AS BIGINT) AS points, count(points) AS with_points,
    CAST(sum(low) AS BIGINT) AS low, CAST(sum(high) AS BIGINT) AS high, count(low) AS with_bounds,
    CAST(sum(score) AS BIGINT) AS score, count(score) AS with_score,
    CAST(sum(CASE WHEN out THEN own_points END) AS BIGINT) AS left_out, bool_or(holds) AS holds
  FROM scores GROUP BY filing
),
executed AS (
  SELECT filing, points, score, low, high FROM weighed_up WHERE row = -1
  UNION ALL
  SELECT filing, due, score, least(score, lower, as_printed(score, printed, due, grain, tenth, final)),
    greatest(score, upper, as_printed(score, printed, due, grain, tenth, final))
  FROM paid_shares
),
counted AS (
  SELECT f.filing, coalesce(a.indicators, 0) AS indicators, a.points, coalesce(a.with_points, 0) AS with_points, a.low, a.high,
    coalesce(a.with_bounds, 0) AS with_bounds, a.score, coalesce(a.with_score, 0) AS with_score, a.left_out,
    coalesce(a.holds, FALSE) AS holds, e.points AS execution_points, e.score AS execution_score, e.low AS execution_low,
    e.high AS execution_high, c.filing IS NOT NULL AS capped, c.score AS cap_score, c.low AS cap_low, c.high AS cap_high,
    f.scheme, f.total_printed, f.total_tenth, f.grade_printed, b.book, b.grain, b.final, b.absent, b.beyond_columns,
    b.total AS mark,
    f.execution_points IS NOT NULL OR NOT (coalesce(a.holds, FALSE) OR b.within
      OR (coalesce(a.indicators, 0) > 0 AND a.with_points = a.indicators AND a.points = b.total)) AS counts
  FROM filings f JOIN books b ON b.scheme = f.scheme
    LEFT JOIN added a ON a.filing = f.filing
    LEFT JOIN executed e ON e.filing = f.filing
    LEFT JOIN weighed_up c ON c.filing = f.filing AND c.row = -2
),
beside AS (
  SELECT *,
    CASE WHEN counts THEN execution_points ELSE 0 END AS paid_points,
    CASE WHEN counts THEN execution_score ELSE 0 END AS paid_score,
    CASE WHEN counts THEN execution_low ELSE 0 END AS paid_low,
    CASE WHEN counts THEN execution_high ELSE 0 END AS paid_high
  FROM counted
),
summed AS (
  SELECT *,
    CASE WHEN with_points = indicators THEN coalesce(points, 0) + paid_points END AS all_points,
    CASE WHEN with_bounds = indicators AND paid_high IS NOT NULL
      THEN coalesce(low, 0) + paid_low END AS sum_low,
    CASE WHEN with_bounds = indicators AND paid_low IS NOT NULL
      THEN coalesce(high, 0) + paid_high END AS sum_high,
    CASE WHEN with_score = indicators THEN coalesce(score, 0) + paid_score END AS sum_score
  FROM beside
),
once AS (
  SELECT *,
    coalesce(sum_score IS NOT NULL AND paid_points <> 0 AND all_points = mark + paid_points, FALSE) AS twice,
    coalesce(absent = {rescaled} AND left_out <> 0 AND all_points <> 0, FALSE) AS rescales
  FROM summed
),
opened AS (
  SELECT *,
    CASE WHEN NOT twice THEN sum_score END AS open_score,
    CASE WHEN twice THEN sum_low - paid_low ELSE sum_low END AS open_low
  FROM once
),
scaled AS (
  SELECT *,
    CASE WHEN rescales THEN mark ELSE all_points END AS total_points,
    CASE WHEN rescales AND all_points > 0 THEN CAST(grain * half_up(CAST(open_score AS {wide}) * mark, CAST(all_points AS {wide}) * grain) AS BIGINT)
      ELSE open_score END AS full_score,
    CASE WHEN rescales AND all_points > 0 THEN CAST(grain * half_up(CAST(open_low AS {wide}) * mark, CAST(all_points AS {wide}) * grain) AS BIGINT)
      ELSE open_low END AS full_low,
    CASE WHEN rescales AND all_points > 0 THEN CAST(grain * half_up(CAST(sum_high AS {wide}) * mark, CAST(all_points AS {wide}) * grain) AS BIGINT)
      ELSE sum_high END AS full_high
  FROM opened
),
capped AS (
  SELECT *,
    CASE WHEN NOT capped THEN full_score
      WHEN cap_score IS NOT NULL AND full_score IS NOT NULL THEN least(full_score, cap_score) END AS held_score,
    CASE WHEN NOT capped OR full_low IS NULL THEN full_low WHEN cap_low IS NOT NULL THEN least(full_low, cap_low) END AS held_low,
    CASE WHEN NOT capped OR full_low IS NULL THEN full_high WHEN cap_low IS NOT NULL THEN least(full_high, cap_high) END AS held_high
  FROM scaled
),
totals AS (
  SELECT filing, scheme, book, grade_printed, indicators, counts, paid_points, paid_score, paid_low, paid_high,
    total_points, with_score, beyond_columns,
    CASE WHEN NOT beyond_columns THEN held_score END AS score,
    CASE WHEN NOT beyond_columns THEN
      least(held_low, as_printed(held_score, total_printed, total_points, grain, total_tenth, final)) END AS low,
    CASE WHEN NOT beyond_columns THEN
      greatest(held_high, as_printed(held_score, total_printed, total_points, grain, total_tenth, final)) END AS high
  FROM capped
),
graded AS (
  SELECT t.*, g.word AS grade
  FROM totals t LEFT JOIN grades g ON g.book = t.book AND (g.at_least IS NULL OR t.score >= g.at_least)
    AND (g.below IS NULL OR t.score < g.below) AND t.score IS NOT NULL
),
-- What another rule-book is asked for: no bounds, so that nobody works them out.
outcomes AS (
  SELECT filing, scheme, CAST(total_points AS BIGINT) AS points, CAST(score AS BIGINT) AS score, grade FROM graded
),
sheets AS (
  SELECT t.filing, t.scheme, CAST(t.paid_points AS BIGINT) AS execution_points, CAST(t.paid_score AS BIGINT) AS execution_score,
    CAST(t.paid_low AS BIGINT) AS execution_low, CAST(t.paid_high AS BIGINT) AS execution_high,
    CAST(t.indicators AS INTEGER) AS indicators, CAST(t.indicators - t.with_score AS INTEGER) AS undecided,
    CAST(t.total_points AS BIGINT) AS points, CAST(t.score AS BIGINT) AS score, CAST(t.low AS BIGINT) AS low,
    CAST(t.high AS BIGINT) AS high, t.grade,
    CASE WHEN m.book IS NOT NULL
      THEN (m.below IS NULL OR t.low < m.below) AND (m.at_least IS NULL OR t.high >= m.at_least) END AS grade_agrees,
    t.beyond_columns AS ask_score
  FROM graded t
    LEFT JOIN grades_meant m ON m.book = t.book AND m.printed = t.grade_printed AND t.low IS NOT NULL AND t.high IS NOT NULL
),
rows AS (
  SELECT filing, row, CAST(points AS BIGINT) AS points, CAST(score AS BIGINT) AS score, CAST(low AS BIGINT) AS low,
    CAST(high AS BIGINT) AS high, part
  FROM scores
)
SELECT * FROM {result}
