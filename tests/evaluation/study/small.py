"""A study small enough to see through: four pairs, seven waves, figures given under the outcome's id."""

from collections.abc import Callable, Mapping

from ithrive.evaluation.protocol import Protocol, read_protocol
from ithrive.tables import csv_text

TOP = """
schema = 1
id = "small"
name = "Small study"
fictional = true
question = "Do people wait less?"

[waves]
baseline = "2026/27 Q1"
retrospective = 2
following = 4
assessments = [0, 2, 4]

[analysis]
looks = [2]
"""
WAIT = """
[[outcome]]
id = "wait"
measure = "H2"
better = "lower"
family = "primary"
"""
SITES = {f"{arm}{pair}": (arm, pair) for pair in "1234" for arm in "ac"}
WAVES = range(-2, 5)


def text(outcomes: str = WAIT, more: str = "") -> str:
    sites = [
        f'\n[[site]]\nid = "{name}"\narea = "X{name}"\ngeography = "MADE-UP"\npair = "{pair}"\n'
        + ('arm = "accelerator"\nstarts = "2026/27 Q2"\n' if arm == "a" else 'arm = "comparison"\n')
        for name, (arm, pair) in SITES.items()
    ]
    return TOP + outcomes + "".join(sites) + more


def protocol(outcomes: str = WAIT, more: str = "") -> Protocol:
    return read_protocol(text(outcomes, more).encode(), name="small.toml")


def wait(site: str, wave: int) -> object:
    """Waits that fall by five days where THRIVE was implemented, and wobble a little."""
    place = list(SITES).index(site)
    return 40 + place + wave + (place * 7 + wave * 5) % 3 - (5 if site[0] == "a" and wave > 0 else 0)


def figures(
    figure: Callable[[str, int], object] = wait, *, outcome: str = "wait", last: int = 4
) -> list[tuple[object, ...]]:
    return [(site, wave, outcome, figure(site, wave)) for site in SITES for wave in WAVES if wave <= last]


def files(rows: list[tuple[object, ...]] | None = None, **others: str) -> Mapping[str, bytes]:
    table = csv_text(("site", "wave", "figure", "value"), figures() if rows is None else rows)
    return {"figures.csv": table.encode()} | {f"{name}.csv": each.encode() for name, each in others.items()}
