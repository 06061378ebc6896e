"""numpy_model.py TRIALS counts|plain|tuned|certificates: the reference
workload in numpy, vectorised over the trials.

counts        daily counts of the four populations and of all, and the day of
              completion, as one writes it: the default generator, 64 bits
plain         the same and the seven quantiles of the five series on each day
              by np.percentile
tuned         `plain` by the fastest that numpy has: another generator (SFC64)
              and counts of 16 bits, which it sorts by radix
certificates  as `counts`, but each certificate's day is drawn and counted
"""
import math
import sys
import time

import numpy as np

HORIZON = 365
DAYS = HORIZON + 1
FAR = 32768  # days; hardly anybody is left
QUANTILES = np.array([5, 10, 25, 50, 75, 90, 95])
what = sys.argv[2]
rng = (np.random.Generator(np.random.SFC64(2385)) if what == 'tuned'
       else np.random.default_rng(2385))
number = np.uint16 if what == 'tuned' else np.int64


def working_day(day):
    weekday = day % 7
    return np.where(weekday < 5, day, day + 7 - weekday)


def day_of(t):
    return working_day(np.ceil(t).astype(np.int64))


def lognormal(median, sigma, size):
    return rng.lognormal(math.log(median), sigma, size)


def team_curves(certificates, rate):
    """What is done by the end of each day, by the first day of work; and the
    day on which all are done."""
    worked = np.arange(FAR) % 7 < 5
    before = np.concatenate([[0], np.cumsum(worked)])
    start = np.arange(DAYS)[:, None]
    done = (before[None, 1:DAYS + 1] - before[start]) * rate
    curves = np.clip(done, 0, certificates).astype(number)
    days = -(-certificates // rate)
    return curves, np.searchsorted(before, before[start[:, 0]] + days) - 1


def team(tables, start):
    """Chance alone decides on which day the one subscriber is ready."""
    curves, last = tables
    return curves[start], last[start]


phi = np.vectorize(lambda z: 0.5 * math.erfc(-z / math.sqrt(2)))


def waiting(median, low, high):
    """P(not done by the end of a day): a log-normal (sigma 1) and a uniform
    time."""
    def integral(t):
        x = np.maximum(t, 1e-300)
        z = np.log(x / median)
        return np.where(t > 0, x * phi(-z)
                        + median * math.exp(0.5) * phi(z - 1), t)
    day = np.arange(FAR)
    t = day - np.maximum(day % 7 - 4, 0)
    return (integral(t - low) - integral(t - high)) / (high - low)


def independent(n, survival, trials):
    """Multinomial counts of the days, and the last of them by its order
    statistic."""
    p = -np.diff(survival[:DAYS], prepend=1)
    asked = np.flatnonzero(p > 0)
    some = rng.multinomial(n, np.append(p[asked], survival[HORIZON]), trials)
    left = some[:, -1]
    each = np.zeros((trials, DAYS), number)
    each[:, asked] = some[:, :-1]
    within = asked[len(asked) - 1 - np.argmax(some[:, -2::-1] > 0, axis=1)]
    s = -np.expm1(np.log1p(-rng.random(trials)) / np.maximum(left, 1))
    beyond = np.searchsorted(-survival, -s * survival[HORIZON])
    return np.cumsum(each, axis=1, dtype=number), \
        np.where(left > 0, beyond, within)


def by_counts(trials, tables, out, last):
    """Some trials; the curves go to out[population, trial, day]."""
    hosting, enterprise, individuals, acme = tables
    parts = [team(hosting, day_of(15 + lognormal(5, 0.5, trials))),
             team(enterprise, day_of(lognormal(10, 0.5, trials))),
             independent(20000, individuals, trials),
             independent(15000, acme, trials)]
    for p, (curve, _) in enumerate(parts):
        out[p] = curve
    np.sum(out[:4], axis=0, dtype=number, out=out[4])
    last[:] = np.max([day for _, day in parts], axis=0)


def counts(trials, chunk=500):
    survival = 0.02 * waiting(10, 0, 1)
    survival[0] = 1
    tables = (team_curves(10000, 100), team_curves(5000, 60),
              waiting(30, 1, 3), survival)
    curves = np.empty((5, trials, DAYS), number)
    last = np.empty(trials, np.int64)
    for i in range(0, trials, chunk):
        part = slice(i, min(i + chunk, trials))
        by_counts(part.stop - i, tables, curves[:, part], last[part])
    return curves, last


def plain_bands(curves):
    return np.percentile(curves, QUANTILES, axis=1)


def tuned_bands(curves):
    trials = curves.shape[1]
    at = np.ceil(QUANTILES / 100 * trials).astype(int) - 1
    out = np.empty((5, DAYS, len(QUANTILES)), number)
    for series in range(5):
        columns = np.ascontiguousarray(curves[series].T)
        columns.sort(axis=1, kind='stable')
        out[series] = columns[:, at]
    return out


def certificates(trials, chunk=20):
    """Per certificate; the teams' subscribers remain one draw each."""
    tables = team_curves(10000, 100), team_curves(5000, 60)
    curves = np.empty((5, trials, DAYS), number)
    last = np.empty(trials, np.int64)
    for i in range(0, trials, chunk):
        part = slice(i, min(i + chunk, trials))
        k = part.stop - i
        done = [team(tables[0], day_of(15 + lognormal(5, 0.5, k))),
                team(tables[1], day_of(lognormal(10, 0.5, k)))]
        days = [day_of(lognormal(30, 1, (k, 20000))
                       + rng.uniform(1, 3, (k, 20000)))]
        ready = rng.random((k, 15000))
        failed = rng.random((k, 15000)) < 0.02
        day = np.ceil(ready).astype(np.int64)
        day[failed] = day_of(ready[failed]
                             + lognormal(10, 1, np.count_nonzero(failed)))
        days.append(day)
        row = np.arange(k)[:, None] * (DAYS + 1)
        for day in days:
            cell = row + np.minimum(day, DAYS)
            each = np.bincount(cell.ravel(), minlength=k * (DAYS + 1))
            each = each.reshape(k, DAYS + 1)[:, :DAYS]
            done.append((np.cumsum(each, axis=1), day.max(axis=1)))
        for p, (curve, _) in enumerate(done):
            curves[p, part] = curve
        np.sum(curves[:4, part], axis=0, dtype=number,
               out=curves[4, part])
        last[part] = np.max([day for _, day in done], axis=0)
    return curves, last


def error(values):
    return np.std(values) / math.sqrt(len(values))


def main():
    trials = int(sys.argv[1])
    wall, cpu = time.perf_counter(), time.process_time()
    curves, last = (certificates if what == 'certificates'
                    else counts)(trials)
    if what == 'plain':
        plain_bands(curves)
    if what == 'tuned':
        tuned_bands(curves)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    within = curves[2, :, HORIZON].astype(float)
    print(f'{trials} {wall:.6f} {cpu:.6f} {within.mean():.3f} '
          f'{error(within):.3f} {last.mean():.2f} {error(last):.2f}')


main()
