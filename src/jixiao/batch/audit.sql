-- The arithmetic of jixiao.audit in columns (decision 0044), behind the steps `scores` and `sheets` of score.sql.
--
-- What words decide was settled by jixiao.audit when a record became rows: `traits` are bits (traits.py), `settled` findings
-- that no rule-book moves. A slack of a hundredth is 10000 millionths; a score printed with one decimal leaves 0.05 open.
-- ---------------------------------------------------------------- rows that some rule looks at
looked_at AS (
  SELECT {once} filing, row, book, kind, traits, above, above_per, part, own_points, printed, tenth, points, score, low, high
  FROM scores s
  WHERE (s.above IS NOT NULL AND ((s.traits & {row_may_be_low}) <> 0 OR s.own_points = s.printed))
    OR (s.traits & {row_silent}) <> 0 OR (s.printed IS NOT NULL AND s.own_points IS NOT NULL
    AND s.score IS DISTINCT FROM s.printed)
    OR (s.printed IS NOT NULL AND NOT (s.printed BETWEEN 0 AND s.own_points AND (s.own_points > 0 OR s.printed = 0)))
),
suspects AS {kept} (
  SELECT s.filing, s.row, s.book, b.low_from, b.low_surely, b.far_from, s.score, s.low, s.high,
    s.own_points AS points, s.printed, s.kind, s.traits, s.above, s.above_per,
    CASE WHEN s.points = 0 THEN b.positive ELSE s.part END AS part,
    s.own_points > 0 AND s.printed BETWEEN 0 AND s.own_points AS sound,
    s.score IS DISTINCT FROM s.printed AND s.low IS NOT NULL AND s.high IS NOT NULL
      AND NOT within(s.printed, s.tenth, s.low, s.high) AS refuted
  FROM looked_at s JOIN books b ON b.book = s.book
),
-- ---------------------------------------------------------------- scores that the rule-book refutes (audit/verdicts.py)
doubted AS (
  SELECT s.*, p.verified,
    (s.traits & {row_judged_low}) <> 0 AND s.printed * 10 <= s.points * 6
      OR (s.traits & {row_judged_middle}) <> 0 AND s.printed * 10 BETWEEN s.points * 6 AND s.points * 8
      OR (s.traits & {row_judged_high}) <> 0 AND s.printed * 10 >= s.points * 8 AS judged
  FROM suspects s JOIN parts p ON p.part = s.part
  WHERE s.sound AND s.refuted AND NOT (NOT p.verified AND (s.traits & {row_keeps_rate}) <> 0
    AND (s.printed * 10 = s.points * 7 OR s.printed * 2 = s.points))
),
verdicts AS {kept} (
  SELECT *, verified OR (code IN ('SC01', 'SC04') AND (traits & {row_refuted}) <> 0) AS certain,
    code IN ('SC01', 'SC04') AND (traits & {row_refuted}) <> 0 AS undisputed
  FROM (
    SELECT *, CASE
      WHEN kind = {qualitative} OR (traits & {row_tiered}) <> 0 THEN 'SC03'
      WHEN printed = points AND (traits & {row_in_part}) <> 0 THEN 'SC03'
      WHEN (traits & {row_met}) <> 0 AND printed < low THEN CASE WHEN kind = {at_most} THEN 'SC04' ELSE 'SC02' END
      WHEN (traits & {row_missed}) <> 0 AND printed = points THEN 'SC01'
      ELSE 'AR07' END AS code
    FROM doubted WHERE NOT (judged AND printed <> points)
  ) coded
),
followed AS (
  SELECT filing, max(CASE WHEN undisputed THEN 0 ELSE 1 END) = 0 AS undisputed,
    min(2 * row + CASE WHEN verified THEN 0 ELSE 1 END) % 2 = 0 AS verified
  FROM verdicts
  WHERE code IN ('SC01', 'SC04', 'AR07') AND score IS NOT NULL AND (traits & {row_turned}) = 0
  GROUP BY filing
),
-- ---------------------------------------------------------------- sums of each table (audit/arithmetic/sums.py)
tallied AS (
  SELECT filing, count(*) AS lines,
    CASE WHEN count(points) = count(*) THEN CAST(sum(points) AS BIGINT) END AS points,
    CASE WHEN count(printed) = count(*) THEN CAST(sum(printed) AS BIGINT) END AS scores,
    CAST(sum(CASE WHEN (traits & {row_fine}) <> 0 THEN 1 ELSE 0 END) AS BIGINT) AS fine
  FROM indicators WHERE points IS NOT NULL OR printed IS NOT NULL GROUP BY filing
),
tables AS (
  SELECT f.filing, f.traits, f.grade_printed, f.total_printed, f.points_printed, f.execution_points, f.execution_printed,
    f.execution_tenth, f.initial, f.annual, f.executed, f.told_low, f.told_high, f.told_per, f.cost_row, f.cost_points,
    coalesce(f.class_cost, 0) AS cost, coalesce(f.class_output, 0) AS output, coalesce(f.class_benefit, 0) AS benefit,
    coalesce(f.class_satisfaction, 0) AS satisfaction, b.book, b.grades_verified, b.total AS mark, b.cost_most, b.own_classes, b.usual_classes, b.names_cost,
    b.names_satisfaction, b.class_cost AS book_cost, b.class_output AS book_output, b.class_benefit AS book_benefit,
    b.class_satisfaction AS book_satisfaction, u.class_output IS NOT NULL AS usual,
    s.execution_points AS due_points, s.execution_score AS due_score,
    s.execution_low AS due_low, s.execution_high AS due_high,
    t.points, t.scores,
    coalesce(f.points_printed, b.total) AS whole,
    f.execution_points IS NULL AND f.execution_printed IS NULL AS missing,
    10000 * (coalesce(t.fine, 0) + CASE WHEN (f.traits & {table_fine_execution}) <> 0 THEN 2 ELSE 1 END) AS slack
  FROM filings f JOIN books b ON b.scheme = f.scheme JOIN sheets s ON s.filing = f.filing
    LEFT JOIN tallied t ON t.filing = f.filing
    LEFT JOIN usual_classes u ON u.class_cost = coalesce(f.class_cost, 0) AND u.class_output = coalesce(f.class_output, 0)
      AND u.class_benefit = coalesce(f.class_benefit, 0) AND u.class_satisfaction = coalesce(f.class_satisfaction, 0)
),
apart AS (
  SELECT *, points IS NOT NULL AND points = whole AS apart, points + coalesce(execution_points, 0) AS points_all,
    scores + CASE WHEN points IS NOT NULL AND points = whole THEN 0 ELSE coalesce(execution_printed, 0) END AS scores_all
  FROM tables
),
summed_up AS (
  SELECT *, whole - points_all AS gap, abs(total_printed - scores_all) <= slack AS adds_up,
    coalesce(missing AND whole - points_all IN (5 * {scale}, 10 * {scale}, 20 * {scale}), FALSE) AS lacks
  FROM apart
),
judged_sums AS {kept} (
  SELECT *,
    total_printed IS NULL OR scores_all IS NULL OR adds_up
      OR (abs(total_printed - scores) <= slack AND coalesce(execution_printed, 0) = 0)
      OR (lacks AND total_printed - scores_all BETWEEN 0 AND gap)
      OR coalesce(execution_printed IS NULL AND execution_points <> 0
        AND total_printed - scores_all BETWEEN 0 AND execution_points, FALSE)
      OR coalesce(points_all > 0 AND (traits & {table_names_left_out}) <> 0
        AND abs(CAST(scores_all AS {wide}) * whole - CAST(total_printed AS {wide}) * points_all)
          <= CAST(slack AS {wide}) * points_all, FALSE) AS agrees,
    gap IS NULL OR (abs(gap) > slack AND NOT apart) AS points_apart,
    coalesce((traits & {table_whole_total}) <> 0 AND 2 * abs(total_printed - scores - due_score) <= {scale}, FALSE) AS rounded,
    coalesce(execution_printed BETWEEN 0 AND due_points AND NOT within(execution_printed, execution_tenth, due_low, due_high)
      AND (told_per IS NULL OR NOT within(execution_printed, execution_tenth,
        cents(least(told_low, {scale} * told_per) * CAST(due_points AS {wide}), {scale} * told_per),
        cents(least(told_high, {scale} * told_per) * CAST(due_points AS {wide}), {scale} * told_per))), FALSE) AS misjudged,
    (traits & {table_has_total}) <> 0 AND annual > 0 AS budgeted,
    CAST(annual AS {wide}) AS plan, CAST(executed AS {wide}) AS spent,
    19 * CAST(scores AS {wide}) * execution_points - 20 * CAST(points AS {wide}) * execution_printed AS outrun,
    cost + output + benefit + satisfaction AS classes
  FROM summed_up
),
-- ---------------------------------------------------------------- what each rule says, a bit for each finding of `faults`
marked_tables AS {kept} (
  SELECT filing,
    CASE WHEN NOT execution_printed BETWEEN 0 AND execution_points THEN {ar03_error} ELSE 0 END
    + CASE WHEN gap <> 0 AND NOT apart AND abs(gap) > slack
        AND (points_printed IS NOT NULL OR total_printed IS NOT NULL OR lacks)
      THEN CASE WHEN NOT lacks AND adds_up AND NOT missing THEN {ar01_error} ELSE {ar01_warning} END ELSE 0 END
    + CASE WHEN agrees THEN 0 WHEN points_apart OR missing OR rounded THEN {ar04_warning} ELSE {ar04_error} END
    + CASE WHEN NOT misjudged THEN 0
      WHEN (traits & {table_other_formula}) <> 0 OR due_score IS NULL OR execution_points IS NULL
        OR ((traits & {table_whole_execution}) <> 0 AND cut(due_low, {scale}) * {scale} <= execution_printed
          AND execution_printed <= half_up(due_high, {scale}) * {scale}) THEN {ar06_warning} ELSE {ar06_error} END
    + CASE WHEN (traits & {table_hides_left_out}) <> 0 AND points_all <> 0 AND gap > 0 AND NOT adds_up
        AND abs(CAST(scores_all AS {wide}) * whole - CAST(total_printed AS {wide}) * points_all)
          <= CAST(slack AS {wide}) * abs(points_all) THEN {sc13_warning} ELSE 0 END
    + CASE WHEN points <> 0 AND scores <> 0 AND execution_points <> 0 AND execution_printed < execution_points
        AND (traits & {table_money_reasoned}) = 0
        AND CASE WHEN (scores > 0) = (execution_points > 0) THEN outrun > 0 ELSE outrun < 0 END
      THEN CASE WHEN (execution_points > 0 AND 2 * execution_printed < execution_points)
        OR (execution_points < 0 AND 2 * execution_printed > execution_points) THEN {sc07_warning} ELSE {sc07_note} END
      ELSE 0 END
    + CASE WHEN budgeted AND total_printed >= 90 * {scale} AND spent * 10 < plan * 3 THEN {sc08_warning} ELSE 0 END
    + CASE WHEN budgeted AND plan <> initial AND (traits & {table_change_explained}) = 0
        AND (initial <= 0 OR abs(plan - initial) * 10 >= initial)
      THEN CASE WHEN (traits & {table_change_told}) = 0 AND (initial <= 0 OR abs(plan - initial) * 5 >= initial)
        THEN {fd03_warning} ELSE {fd03_note} END ELSE 0 END
    + CASE WHEN budgeted AND spent * 10 < plan * 9 AND (traits & {table_spending_explained}) = 0 THEN {fd05_warning} ELSE 0 END
    + CASE WHEN (traits & {table_no_output}) <> 0 THEN {is01_output} ELSE 0 END
    + CASE WHEN (traits & {table_no_benefit}) <> 0 THEN {is01_benefit} ELSE 0 END
    + CASE WHEN (traits & {table_no_cost}) = 0 OR NOT names_cost THEN 0
      WHEN own_classes THEN {is01_cost} ELSE {is01_cost_note} END
    + CASE WHEN (traits & {table_no_satisfaction}) = 0 OR NOT names_satisfaction THEN 0
      WHEN own_classes THEN {is01_satisfaction} ELSE {is01_satisfaction_note} END
    + CASE WHEN (traits & {table_points_stand}) <> 0 AND classes = 90 * {scale} AND (cost <> book_cost
        OR output <> book_output OR benefit <> book_benefit OR satisfaction <> book_satisfaction)
      THEN CASE WHEN NOT usual_classes THEN {is14_warning}
        WHEN usual THEN 0 ELSE {is14_note} END ELSE 0 END AS marks
  FROM judged_sums
),
block AS (
  SELECT filing, {column_sums},
    sum(CASE WHEN source = {line_more} THEN 1 ELSE 0 END) AS more,
    sum(CASE WHEN source BETWEEN {line_first} AND {line_last} THEN 1 ELSE 0 END) AS sources,
    max(CASE WHEN source <> {line_total} AND executed - executed_half > annual + annual_half
      AND (source <> {line_more} OR label <> '') THEN 1 ELSE 0 END) AS overspent,
    max(CASE WHEN source <> {line_total} AND (coalesce(points, 0) <> 0 OR coalesce(printed, 0) <> 0)
      AND (source <> {line_more} OR label <> '') THEN 1 ELSE 0 END) AS carries
  FROM funds GROUP BY filing
),
marked_blocks AS {kept} (
  SELECT b.filing,
    CASE WHEN overspent = 1 OR (b.executed - b.executed_half > b.annual + b.annual_half
      AND (b.annual <> 0 OR (coalesce(annual_least, 0) = 0 AND coalesce(annual_most, 0) = 0))) THEN {fd04_warning} ELSE 0 END
    + CASE WHEN carries = 1 THEN {fd09_note} ELSE 0 END
    + CASE WHEN {zero_over_parts} THEN {fd10_error} ELSE 0 END
    {not_the_sums} AS marks
  FROM block b JOIN filings f ON f.filing = b.filing
),
marked_rows AS {kept} (
  SELECT filing, row,
    CASE WHEN NOT sound AND NOT (points = 0 AND printed = 0) THEN {ar03_error} ELSE 0 END
    + CASE WHEN kind = {at_least} AND points = printed AND (traits & {row_reasoned}) = 0
        AND CAST(above AS {wide}) * {scale} >= CAST(far_from AS {wide}) * above_per THEN {sc05_note} ELSE 0 END
    + CASE WHEN (traits & {row_may_be_low}) <> 0
        AND CAST(above AS {wide}) * {scale} >= CAST(low_from AS {wide}) * above_per
      THEN CASE WHEN (traits & {row_excused}) = 0
        AND CAST(above AS {wide}) * {scale} >= CAST(low_surely AS {wide}) * above_per THEN {tv08_warning} ELSE {tv08_note} END
      ELSE 0 END AS marks
  FROM suspects
),
found AS (
  -- SC01-SC04, AR07: one verdict for a row
  SELECT filing, row, code, CASE
    WHEN code = 'SC03' THEN 'warning'
    WHEN code = 'SC02' THEN CASE WHEN (traits & {row_explained}) <> 0 THEN 'note' ELSE 'warning' END
    WHEN score IS NULL OR (code = 'SC01' AND (kind = {exactly} OR (traits & {row_turned}) <> 0)) THEN 'warning'
    WHEN certain THEN 'error' ELSE 'warning' END AS severity
  FROM verdicts
  UNION ALL
  SELECT m.filing, m.row, f.code, f.severity
  FROM (
    SELECT filing, row, marks FROM marked_rows WHERE marks <> 0
    UNION ALL SELECT filing, NULL, marks FROM marked_tables WHERE marks <> 0
    UNION ALL SELECT filing, NULL, marks FROM marked_blocks WHERE marks <> 0
  ) m JOIN faults f ON (m.marks & f.mark) <> 0
  UNION ALL
  SELECT filing, min(row), 'DV01', 'warning' FROM suspects
  WHERE (traits & {row_silent}) <> 0 AND NOT ((traits & {row_met}) <> 0 AND score IS NOT DISTINCT FROM printed)
  GROUP BY filing
  UNION ALL
  SELECT j.filing, NULL, 'AR04', CASE WHEN f.undisputed OR f.verified THEN 'error' ELSE 'warning' END
  FROM judged_sums j JOIN followed f ON f.filing = j.filing
  WHERE j.agrees AND j.total_printed IS NOT NULL AND j.scores_all IS NOT NULL
  UNION ALL
  SELECT t.filing, NULL, 'AR09', CASE WHEN g.place IS NOT NULL AND t.grades_verified THEN 'error' ELSE 'warning' END
  FROM judged_sums t JOIN grades_told g ON g.book = t.book AND g.printed = t.grade_printed
    LEFT JOIN grades e ON e.book = t.book AND t.total_printed >= e.low AND (e.below IS NULL OR t.total_printed < e.below)
  WHERE g.place IS NULL OR e.place <> g.place
  UNION ALL
  SELECT filing, cost_row, 'IS14', 'note' FROM judged_sums
  WHERE cost_row IS NOT NULL AND (traits & {table_points_stand}) <> 0
    AND ((traits & {table_heavy_cost}) <> 0 OR cost_points > cost_most)
),
findings AS (
  SELECT filing, CAST(row AS SMALLINT) AS row, code, severity FROM found
  UNION ALL
  SELECT t.filing, CAST(t.one.row AS SMALLINT), t.one.code, t.one.severity
  FROM (SELECT filing, scheme, {unnest}(settled) AS one FROM filings) t JOIN books b ON b.scheme = t.scheme
    LEFT JOIN parts p ON p.part = b.negative
  WHERE NOT (t.one.code = 'AR11' AND b.deducts)
    AND NOT (t.one.code = 'IS09' AND t.one.row IS NULL AND b.equal_split)
    AND NOT (t.one.code = 'TV12' AND t.one.severity = 'note' AND p.method NOT IN ({inverse_ratio}, {linear_excess}))
)
SELECT * FROM {result}
