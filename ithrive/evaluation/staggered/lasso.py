"""Where every price on sizes leads: the whole path of a lasso, exactly.

At a price, x makes x @ H @ x / 2 + g @ x + price * (sum of |x|) smallest. Between the prices at which one of
them leaves nought or returns to it x is straight in the price (Osborne, Presnell & Turlach 2000).
"""

from dataclasses import dataclass

import numpy as np

from ithrive.evaluation.arrays import Floats

MOST_TURNS = 100  # for each x; a few are usual


@dataclass(frozen=True, eq=False)
class Path:
    """`prices` fall to nought, `points` is prices x many. Above the first price all are nought."""

    prices: Floats
    points: Floats

    def at(self, price: float) -> Floats:
        """The x at a price."""
        rising = self.prices[::-1]
        return np.array([np.interp(price, rising, each[::-1]) for each in self.points.T])


def path(hessian: Floats, gradient: Floats) -> Path:
    """`hessian` is many x many and positive definite."""
    many = len(gradient)
    price = float(np.abs(gradient).max(initial=0.0))
    signs, last = np.zeros(many), -1
    prices, points = [price], [np.zeros(many)]
    for _ in range(MOST_TURNS * many):
        if price <= 0:
            break
        fall, at, sign = _next(hessian, gradient, points[-1], price, signs, last)
        price = max(price - fall, 0.0)
        prices.append(price)
        points.append(_point(hessian, gradient, signs, price))
        signs[at], last = sign, at
        points[-1][signs == 0] = 0.0
    return Path(np.array(prices), np.array(points))


def _point(hessian: Floats, gradient: Floats, signs: Floats, price: float) -> Floats:
    """Where those with a sign lie: their gradient is the price, the other way."""
    found, active = np.zeros(len(gradient)), signs != 0
    if active.any():
        inner = hessian[np.ix_(active, active)]
        found[active] = -np.linalg.solve(inner, gradient[active] + price * signs[active])
    return found


def _next(
    hessian: Floats, gradient: Floats, point: Floats, price: float, signs: Floats, last: int
) -> tuple[float, int, float]:
    """By how much the price falls until one of them turns, which, and its sign from then on.

    What turned `last` lies at its turn still: it does not turn back there.
    """
    way = _point(hessian, np.zeros(len(gradient)), signs, 1.0)
    pull, drift = gradient + hessian @ point, hessian @ way
    found = [(price, last, signs[last])]  # none
    for at in range(len(gradient)):
        if signs[at]:
            if at != last and point[at] * way[at] > 0:
                found.append((point[at] / way[at], at, 0.0))
            continue
        for sign in (-1.0, 1.0):  # it enters where its pull is as large as the price
            closing = 1 + sign * drift[at]
            if closing > 0 and not (at == last and pull[at] * sign < 0):
                found.append((max(price + sign * pull[at], 0.0) / closing, at, sign))
    return min(found, key=lambda each: each[0])
