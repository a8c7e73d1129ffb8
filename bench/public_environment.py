"""Public tools in an environment of their own, made for one run and thrown away."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import numpy as np

from ithrive.evaluation.arrays import Floats

TOOLS = ("pyfixest", "wildboottest", "linearmodels", "pymatchit-causal", "diff-diff")
EXACT = "all 184,756 splits, differences in differences"  # as `public_effects` calls it
PROGRAM = Path(__file__).with_name("public_effects.py")
PATIENCE = 900  # seconds for them to be installed
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS", "RAYON_NUM_THREADS"), "1"
)


def public_tools(folder: Path, figures: Floats, covariates: Floats) -> dict[str, dict[str, float | str]]:
    """For each step of an evaluation, by tool, its milliseconds or the reason why there are none."""
    paths = folder / "figures.npy", folder / "matching.npy"
    for path, array in zip(paths, (figures, covariates), strict=True):
        np.save(path, array)
    ran = subprocess.run(
        [_python(folder), PROGRAM, *paths],
        env=os.environ | ONE_THREAD,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    found: dict[str, dict[str, float | str]] = json.loads(ran.stdout)
    return found


def _python(folder: Path) -> str:
    """Python with the tools installed; where they cannot be had, our own with what is there."""
    own = folder / "environment"
    venv.create(own, with_pip=True)
    python = own / "bin" / "python"
    try:
        subprocess.run(
            [python, "-m", "pip", "install", "-q", *TOOLS], check=True, timeout=PATIENCE, capture_output=True
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        print("public tools cannot be installed here; beside those that are there:")
        return sys.executable
    print(f"public tools, {', '.join(TOOLS)}, in an environment of their own:")
    return str(python)
