"""simpy_model.py TRIALS processes|callbacks: the reference workload in SimPy,
certificate by certificate: each is a process, or nothing but events whose
callbacks count."""
import math
import random
import sys
import time

import simpy

HORIZON = 365
rng = random.Random(2385)


def working_day(day):
    return day if day % 7 < 5 else day + 7 - day % 7


def day_of(t):
    return working_day(math.ceil(t))


class Counts:
    def __init__(self):
        self.done = [[0] * (HORIZON + 1) for _ in range(4)]
        self.last = 0

    def count(self, population, now, some=1):
        day = math.ceil(now)
        if day <= HORIZON:
            self.done[population][day] += some
        self.last = max(self.last, day)


def team(env, counts, population, start, left, rate):
    yield env.timeout(start)
    while True:
        some = min(left, rate)
        counts.count(population, env.now, some)
        left -= some
        if left == 0:
            return
        yield env.timeout(working_day(env.now + 1) - env.now)


def individual(env, counts):
    yield env.timeout(rng.lognormvariate(math.log(30), 1))
    t = env.now + rng.uniform(1, 3)
    yield env.timeout(day_of(t) - env.now)
    counts.count(2, env.now)


def client(env, counts):
    yield env.timeout(rng.random())
    if rng.random() < 0.02:
        t = env.now + rng.lognormvariate(math.log(10), 1)
        yield env.timeout(day_of(t) - env.now)
    counts.count(3, env.now)


def by_processes(env, counts):
    for _ in range(20000):
        env.process(individual(env, counts))
    for _ in range(15000):
        env.process(client(env, counts))


def by_callbacks(env, counts):
    def after(delay, then):
        env.timeout(delay).callbacks.append(then)

    def installed(_):
        counts.count(2, env.now)

    def answered(_):
        after(day_of(env.now + rng.uniform(1, 3)) - env.now, installed)

    def repaired(_):
        counts.count(3, env.now)

    def renewed(_):
        if rng.random() < 0.02:
            t = env.now + rng.lognormvariate(math.log(10), 1)
            after(day_of(t) - env.now, repaired)
        else:
            counts.count(3, env.now)

    for _ in range(20000):
        after(rng.lognormvariate(math.log(30), 1), answered)
    for _ in range(15000):
        after(rng.random(), renewed)


def trial(begin):
    env = simpy.Environment()
    counts = Counts()
    start = day_of(15 + rng.lognormvariate(math.log(5), 0.5))
    env.process(team(env, counts, 0, start, 10000, 100))
    start = day_of(rng.lognormvariate(math.log(10), 0.5))
    env.process(team(env, counts, 1, start, 5000, 60))
    begin(env, counts)
    env.run()
    return sum(counts.done[2]), counts.last


def known(values):
    n = len(values)
    mean = sum(values) / n
    return mean, math.sqrt(sum((x - mean) ** 2 for x in values)) / n


def main():
    trials = int(sys.argv[1])
    begin = by_processes if sys.argv[2] == 'processes' else by_callbacks
    wall, cpu = time.perf_counter(), time.process_time()
    seen = [trial(begin) for _ in range(trials)]
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    within, last = (known(x) for x in zip(*seen))
    print(f'{trials} {wall:.6f} {cpu:.6f} {within[0]:.3f} {within[1]:.3f} '
          f'{last[0]:.2f} {last[1]:.2f}')


main()
