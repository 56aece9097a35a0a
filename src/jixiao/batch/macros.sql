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
  CASE WHEN share <= 0 OR share * {scale} < threshold * below THEN 0
       WHEN share >= below THEN points * below
       ELSE points * share END;

-- The score of a share.
score_of(points, top, grain, share, below, threshold) AS
  CASE WHEN share IS NULL THEN NULL
       WHEN share <= 0 OR share * {scale} < threshold * below THEN 0
       WHEN share >= below THEN top
       ELSE rounded(points * share, below, grain, top) END;

-- The same with the share rounded to 0.01 % before it is multiplied (facts.rate_first).
score_first(points, top, grain, share, below, threshold) AS
  CASE WHEN share IS NULL THEN NULL
       WHEN share <= 0 OR half_up(share * 10000, below) * {ten_thousandth} < threshold THEN 0
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

-- Whether a band holds a rate (rates.band_at), and the points it gives as a numerator over {scale}.
holds(band, n, d) AS
  n * {scale} >= band.low * d AND NOT (band.low_open AND n * {scale} = band.low * d)
  AND (band.high IS NULL OR n * {scale} < band.high * d OR (band.high_closed AND n * {scale} = band.high * d));

band_points(band, points) AS
  CASE WHEN band.deduct IS NULL THEN points * band.share ELSE greatest(points - band.deduct, 0) * {scale} END;

-- A rate to 0.01 %, as ten-thousandths; half away from zero on both sides of it.
in_print(n, d) AS CASE WHEN n < 0 THEN -half_up(-n * 10000, d) ELSE half_up(n * 10000, d) END;

-- A printed score with one decimal stands for the score beside it where no verified text says how to round.
as_printed(score, printed, points, grain, tenth, final) AS
  CASE WHEN tenth AND NOT final AND score <> printed AND printed <= points
            AND half_up(score, {scale} {div} 10) * {tenth_of_one} = printed
       THEN grain * half_up(printed, grain) END;

-- Whether a printed score can stand for one in low..high (audit/rows.within): one decimal leaves half of its place open.
within(printed, tenth, low, high) AS
  printed BETWEEN low - CASE WHEN tenth THEN 60000 ELSE 10000 END AND high + CASE WHEN tenth THEN 60000 ELSE 10000 END;

-- n / d rounded to a hundredth, half away from zero.
cents(n, d) AS CASE WHEN n < 0 THEN -10000 * half_up(-n, d * 10000) ELSE 10000 * half_up(n, d * 10000) END;
