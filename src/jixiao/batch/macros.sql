-- The small sums of score.sql; each stands for its text. Amounts are whole millionths, ratios an `over` and an `under` > 0.
-- half_up is the only division there is: n >= 0, d > 0, and every engine cuts toward zero; `whole` cuts in the wide integer.
whole(n, d) AS {whole};

half_up(n, d) AS
  CASE WHEN n < 2000000000000000000 AND d < 2000000000000000000
    THEN CAST((2 * CAST(n AS BIGINT) + CAST(d AS BIGINT)) {div} (2 * CAST(d AS BIGINT)) AS {wide})
    ELSE whole(2 * CAST(n AS {wide}) + d, 2 * CAST(d AS {wide})) END;

-- The whole part of n / d.
cut(n, d) AS half_up(2 * n - d, 2 * d);

-- Points n / d rounded to the rule-book's places, inside 0 and `top` (facts.rounded).
rounded(n, d, grain, top) AS
  CASE WHEN n IS NULL THEN NULL WHEN n <= 0 THEN 0 ELSE least(top, grain * half_up(n, d * grain)) END;

-- What a share earns, not rounded, as a numerator over `under` (facts.earned); none below the pass threshold.
earned(points, share, below, threshold) AS
  CASE WHEN share <= 0 OR (threshold > 0 AND share * {scale} < threshold * below) THEN 0
       WHEN share >= below THEN points * below
       ELSE points * share END;

-- The score of a share.
score_of(points, top, grain, share, below, threshold) AS
  CASE WHEN share IS NULL THEN NULL
       WHEN share <= 0 OR (threshold > 0 AND share * {scale} < threshold * below) THEN 0
       WHEN share >= below THEN top
       ELSE rounded(points * share, below, grain, top) END;

-- The same with the share rounded to 0.01 % before it is multiplied (facts.rate_first).
score_first(points, top, grain, share, below, threshold) AS
  CASE WHEN share IS NULL THEN NULL
       WHEN share <= 0 OR (threshold > 0 AND half_up(share * 10000, below) * {ten_thousandth} < threshold) THEN 0
       ELSE rounded(points * half_up(share * 10000, below), 10000, grain, top) END;

-- Where a value lies: 0 meets the target, 1 misses it from below, 2 exceeds it (measure.Measured.side).
side(v, lo, lo_out, hi, hi_out) AS
  CASE WHEN v < lo OR (lo_out AND v = lo) THEN 1
       WHEN v > hi OR (hi_out AND v = hi) THEN 2
       ELSE 0 END;

-- What a value earns by the part's formula, as a share over / under (formulas.by_*); NULL where none fits.
share_over(method, place, v, lo, hi) AS
  CASE WHEN place = 0 THEN 1
       WHEN method = {all_or_nothing} THEN 0
       WHEN method = {met_only} THEN NULL
       WHEN place = 1 THEN
         CASE WHEN lo > 0 AND (method = {ratio} OR (hi IS NOT NULL AND lo <> hi)) THEN greatest(v, 0) END
       WHEN method = {ratio} AND lo IS NULL THEN NULL
       WHEN method = {ratio} AND lo = hi THEN CASE WHEN hi > 0 THEN 1 END
       WHEN method = {linear_excess} THEN CASE WHEN hi > 0 THEN 2 * hi - v END
       ELSE CASE WHEN hi >= 0 AND v > 0 THEN hi END END;

share_under(method, place, v, lo, hi) AS
  CASE WHEN place = 0 OR method = {all_or_nothing} THEN 1
       WHEN place = 1 THEN lo
       WHEN method = {ratio} AND lo = hi THEN 1
       WHEN method = {linear_excess} THEN hi
       ELSE v END;

-- Whether a band holds a rate (rates.band_at), n in millionths of it; and the points it gives as a numerator over {scale}.
holds(low, high, low_open, high_closed, n, d) AS
  n >= low * d AND NOT (low_open AND n = low * d)
  AND (high IS NULL OR n < high * d OR (high_closed AND n = high * d));

band_points(share, deduct, points) AS
  CASE WHEN deduct IS NULL THEN points * share ELSE greatest(points - deduct, 0) * {scale} END;

-- A rate to 0.01 %, as ten-thousandths; half away from zero on both sides of it.
in_print(n, d) AS CASE WHEN n < 0 THEN -half_up(-n * 10000, d) ELSE half_up(n * 10000, d) END;

-- The lanes of the usual rows. Whether a row is neither left out nor lessened, and has whole points.
usual(absent, points, grain, deducts, deduction) AS
  absent IS NOT TRUE AND (deducts AND deduction > 0) IS NOT TRUE
  AND coalesce(points >= 0 AND points % grain = 0, FALSE);

-- Whether a row meets its target whatever the rule-book: a figure without a hedge, inside with all that its print leaves open.
met(kind, hedge, value, half, lo, lo_out, hi, hi_out) AS
  hedge = {plain}
  AND CASE kind WHEN {at_least} THEN lo <> 0 WHEN {at_most} THEN TRUE WHEN {exactly} THEN TRUE WHEN {between} THEN TRUE END
  AND CASE WHEN lo IS NULL THEN hi IS NOT NULL WHEN lo_out THEN value - half > lo ELSE value - half >= lo END
  AND CASE WHEN hi IS NULL THEN TRUE WHEN hi_out THEN value + half < hi ELSE value + half <= hi END;

-- Whether a row may earn a share of what is at least demanded, in figures that the sums below keep to 64 bits.
shared(kind, hedge, has_actual, has_figure, value, half, lo, hi) AS
  kind = {at_least} AND hedge = {plain} AND has_actual AND has_figure AND lo BETWEEN 1 AND {share_most} AND hi IS NULL
  AND value >= 0 AND half <= {share_most} AND value + half <= {share_most};

narrow_half_up(n, d) AS (2 * n + d) {div} (2 * d);

-- What such a row earns: full points from the target on, none below the pass threshold; the last by the share as printed.
share_points(v, lo, points, grain, share_from) AS
  CASE WHEN v >= lo THEN points WHEN v <= 0 OR (share_from > 0 AND v * {scale} < share_from * lo) THEN 0
       ELSE grain * narrow_half_up(points {div} grain * v, lo) END;

printed_share_points(share, points, grain, share_from) AS
  CASE WHEN share_from > 0 AND share * {ten_thousandth} < share_from THEN 0
       ELSE least(points, grain * narrow_half_up(points {div} grain * share, 10000)) END;

share_points_first(v, lo, points, grain, share_from) AS
  CASE WHEN v >= lo THEN points WHEN v <= 0 THEN 0
       ELSE printed_share_points(narrow_half_up(10000 * v, lo), points, grain, share_from) END;

-- Between both roundings, at the lower and at the upper end of what is printed.
share_least(v, lo, points, grain, share_from) AS
  least(share_points(v, lo, points, grain, share_from), share_points_first(v, lo, points, grain, share_from));

share_most(v, lo, points, grain, share_from) AS
  greatest(share_points(v, lo, points, grain, share_from), share_points_first(v, lo, points, grain, share_from));

-- The same of a rate of the fund block, in 64 bits where they hold it.
rate_score(narrow, mark, top, grain, n, d, threshold) AS
  CASE WHEN narrow THEN share_points(n, d, mark, grain, coalesce(threshold, 0))
       ELSE score_of(mark, top, grain, CAST(n AS {wide}), CAST(d AS {wide}), threshold) END;

rate_score_first(narrow, mark, top, grain, n, d, threshold) AS
  CASE WHEN narrow THEN share_points_first(n, d, mark, grain, coalesce(threshold, 0))
       ELSE score_first(mark, top, grain, CAST(n AS {wide}), CAST(d AS {wide}), threshold) END;

-- What a tier earns (words.tier_score): a share of the points; its upper end, one step lower where that is open; its lower end.
tier_points(share, mark, grain, top) AS
  CASE WHEN share = {scale} THEN top
       WHEN share IS NOT NULL THEN least(top, grain * narrow_half_up(mark * share, {scale} * grain)) END;

tier_most(points, high, high_open, mark, grain) AS
  CASE WHEN high_open AND points * {scale} >= mark * high THEN greatest(points - grain, 0) ELSE points END;

tier_least(points, low, low_open, mark, grain, most) AS
  least(CASE WHEN low_open AND points * {scale} <= mark * low THEN points + grain ELSE points END, most);

-- What a rule-book says of figures beside a target of a kind.
by_kind(kind, positive, negative, exact, bounded) AS
  CASE kind WHEN {at_least} THEN positive WHEN {at_most} THEN negative WHEN {exactly} THEN exact WHEN {between} THEN bounded END;

is_absent(has_actual, says_so, blank_target, kind) AS (has_actual AND says_so) OR (blank_target AND kind = {silent});

-- A printed score with one decimal stands for the score beside it where no verified text says how to round.
as_printed(score, printed, points, grain, tenth, final) AS
  CASE WHEN tenth AND NOT final AND score <> printed AND printed <= points
            AND half_up(score, {scale} {div} 10) * {tenth_of_one} = printed
       THEN CAST(grain * half_up(printed, grain) AS BIGINT) END;

-- Whether a printed score can stand for one in low..high (audit/rows.within): one decimal leaves half of its place open.
within(printed, tenth, low, high) AS
  printed BETWEEN low - CASE WHEN tenth THEN 60000 ELSE 10000 END AND high + CASE WHEN tenth THEN 60000 ELSE 10000 END;

-- n / d rounded to a hundredth, half away from zero.
cents(n, d) AS CASE WHEN n < 0 THEN -10000 * half_up(-n, d * 10000) ELSE 10000 * half_up(n, d * 10000) END;
