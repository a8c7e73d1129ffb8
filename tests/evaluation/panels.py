"""Made-up panels, and the plain ways of working them out that a patient person would take."""

from collections.abc import Iterable, Sequence
from itertools import combinations, product

import numpy as np

from ithrive.evaluation import Panel
from ithrive.evaluation.arrays import Floats


def panel(
    figures: Floats | Sequence[object],
    starts: Sequence[int],
    *,
    pairs: Sequence[str] = (),
    weights: Floats | None = None,
) -> Panel:
    """A panel of outcomes x sites x waves; a start beyond the last wave is a comparison site."""
    figures = np.asarray(figures, dtype=np.float64)
    outcomes, sites, waves = figures.shape
    return Panel(
        sites=tuple(f"site {at:03}" for at in range(sites)),
        waves=tuple(map(str, range(waves))),
        outcomes=tuple(f"outcome {at}" for at in range(outcomes)),
        figures=figures,
        starts=np.asarray(starts, dtype=np.int64),
        pairs=tuple(pairs),
        weights=np.ones((sites, waves)) if weights is None else weights,
        weighted=weights is not None,
    )


def drawn(
    seed: int,
    *,
    treated: int = 4,
    comparison: int = 4,
    waves: int = 4,
    start: int = 1,
    outcomes: int = 1,
    missing: float = 0.0,
    paired: bool = False,
) -> Panel:
    """Random figures with site levels; `missing` is the share left out, never a first or last wave."""
    rng = np.random.default_rng(seed)
    sites = treated + comparison
    figures = rng.normal(size=(outcomes, sites, waves)) + 5 * rng.normal(size=(outcomes, sites, 1))
    gone = rng.random(figures.shape) < missing
    gone[:, :, [0, -1]] = False
    starts = [start] * treated + [waves] * comparison
    pairs = [f"pair {at % treated}" for at in range(sites)] if paired else []
    return panel(np.where(gone, np.nan, figures), starts, pairs=pairs)


def by_hand_cr2(found: Panel, exposure: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Coefficients, CR2 variance, Satterthwaite df and the inner products, by whole matrices of all rows.

    Bell & McCaffrey 2002 as Pustejovsky & Tipton 2018 write it, with the identity as the working model.
    """
    there = ~np.isnan(found.figures[0])
    sites, waves = there.shape
    site, wave = np.nonzero(there)
    y = found.figures[0][there]
    w = np.diag(found.weights[there])
    dummies = [(site == at) * 1.0 for at in range(sites)] + [(wave == at) * 1.0 for at in range(1, waves)]
    x = np.column_stack([*dummies, exposure[there]])
    asked = exposure.shape[2]
    bread = np.linalg.inv(x.T @ w @ x)
    hat = np.eye(len(y)) - x @ bread @ x.T @ w
    residuals = hat @ y
    meat = np.zeros((asked, asked))
    enters = []
    for at in range(sites):
        rows = site == at
        values, vectors = np.linalg.eigh((hat @ hat.T)[np.ix_(rows, rows)])
        root = vectors @ np.diag([0 if v < 1e-9 else v**-0.5 for v in values]) @ vectors.T
        score = (bread @ x[rows].T @ w[np.ix_(rows, rows)] @ root)[-asked:]
        meat += np.outer(score @ residuals[rows], score @ residuals[rows])
        enters.append(hat[rows].T @ score.T)
    inner = np.array([[left.T @ right for right in enters] for left in enters])
    df = [
        sum(inner[s, s, c, c] for s in range(sites)) ** 2 / (inner[:, :, c, c] ** 2).sum()
        for c in range(asked)
    ]
    return (bread @ x.T @ w @ y)[-asked:], meat, np.array(df), inner


def every_swap(found: Panel) -> Iterable[Floats]:
    """Sites x waves of exposure under every swap within pairs, the real one among them."""
    pairs = [[at for at, pair in enumerate(found.pairs) if pair == name] for name in sorted(set(found.pairs))]
    for chosen in product((0, 1), repeat=len(pairs)):
        exposure = np.zeros(found.figures[0].shape)
        for turned, (one, other) in zip(chosen, pairs, strict=True):
            begun = np.maximum(found.treated[one], found.treated[other])
            exposure[(one, other)[turned]] = begun
        yield exposure


def every_split(found: Panel) -> Iterable[Floats]:
    """Sites x waves of exposure under every choice of as many accelerators."""
    assert found.common_start is not None
    for chosen in combinations(range(len(found.sites)), int(found.accelerator.sum())):
        exposure = np.zeros(found.figures[0].shape)
        exposure[list(chosen), found.common_start :] = 1
        yield exposure


def two_way_rest(found: Panel, figures: Floats) -> Floats:
    """Figures less site and wave effects by least squares, nought where there is none."""
    there = ~np.isnan(found.figures[0])
    sites, waves = there.shape
    site, wave = np.nonzero(there)
    dummies = [(site == at) * 1.0 for at in range(sites)] + [(wave == at) * 1.0 for at in range(waves)]
    root = np.sqrt(found.weights[there])
    x = np.column_stack(dummies)
    fitted = x @ np.linalg.lstsq(x * root[:, None], figures[there] * root, rcond=None)[0]
    rest = np.zeros(there.shape)
    rest[there] = (figures[there] - fitted) * found.weights[there]
    return rest
