"""The demonstration study as a protocol and data: two outcomes with an effect, three without."""

from collections.abc import Iterable
from functools import cache

from ithrive.evaluation.demonstration import PlantedStudy, planted_study
from ithrive.evaluation.dose import Reliability
from ithrive.evaluation.protocol import Protocol, read_protocol
from ithrive.evaluation.study import Assessed, StudyData, panel_from_figures
from ithrive.measures import Cell, cell_text
from ithrive.tables import csv_text

TOP = """
schema = 1
id = "planted"
name = "Planted study"
fictional = true
question = "Is what was planted found, and nothing else?"

[waves]
baseline = "2026/27 Q1"
retrospective = 8
following = 8

[analysis]
looks = [4, 6]
"""
OUTCOMES = """
[[outcome]]
id = "wait"
measure = "H2"
better = "lower"
family = "primary"

[[outcome]]
id = "plans"
measure = "D1"
better = "higher"
family = "primary"

[[outcome]]
id = "crisis"
measure = "R1"
figure = "rate"
model = "count"
better = "neither"

[[outcome]]
id = "caseload"
measure = "H1"
model = "log"
better = "higher"

[[moderator]]
id = "relationships"
title = "How well partners work together"
source = "pulse"
figure = "mean"

[dose]
source = "assessment"
lag = 1
outcomes = ["wait", "plans"]
"""


def site(code: str, arm: str, pair: str, starts: str) -> str:
    began = f'starts = "{starts}"\n' if starts else ""
    words = f'id = "{code}"\narea = "{code}"\ngeography = "MADE-UP"\narm = "{arm}"\npair = "{pair}"\n'
    return f"\n[[site]]\n{words}{began}"


def protocol_text(codes: Iterable[tuple[str, str, str, str]]) -> str:
    return TOP + OUTCOMES + "".join(site(*each) for each in codes)


@cache
def study(missing: float = 0.0) -> PlantedStudy:
    return planted_study(only=("H2", "D1", "R1", "H1"), missing=missing)


def sites() -> list[tuple[str, str, str, str]]:
    """Code, arm, pair and start of each site."""
    found = []
    for each in study().sites:
        first = 0 if each.starts is None else each.starts
        quarter = {9: "2026/27 Q2", 11: "2026/27 Q4"}.get(first, "")
        arm = "accelerator" if quarter else "comparison"
        found.append((each.code, arm, each.code[1:], quarter))
    return found


@cache
def protocol() -> Protocol:
    return read_protocol(protocol_text(sites()).encode(), name="planted.toml")


@cache
def data(missing: float = 0.0) -> StudyData:
    """What the sites of the planted study would have sent, with its doses at the waves of assessments."""
    plan, made = protocol(), study(missing)
    figures = {
        (each.code, plan.quarters[wave]): cells
        for each, row in zip(made.sites, made.cells, strict=True)
        for wave, cells in enumerate(row)
        if cells is not None
    }
    people = {(each.code, quarter): Cell.of(each.people) for each in made.sites for quarter in plan.quarters}
    assessed = {
        (each.code, plan.waves.baseline + wave): float(doses[8 + wave])
        for each, doses in zip(made.sites, made.doses, strict=True)
        for wave in plan.waves.assessments
    }
    return StudyData(
        figures=panel_from_figures(plan, figures, people),
        assessed=Assessed(overall=assessed, reliability=Reliability(0.8)),
        moderators={(each.code, "relationships"): each.relationships for each in made.sites},
    )


def files(missing: float = 0.0) -> dict[str, bytes]:
    """The same study as the files that a person would send."""
    plan, made = protocol(), study(missing)
    rows = [
        (each.code, plan.quarters[wave].label, key.text, cell_text(cell))
        for each, row in zip(made.sites, made.cells, strict=True)
        for wave, cells in enumerate(row)
        for key, cell in (cells or {}).items()
    ]
    rows += [
        (each.code, quarter.label, "population", str(each.people))
        for each in made.sites
        for quarter in plan.quarters
    ]
    given = data(missing)
    scores = [(site, quarter.label, score, 0.8) for (site, quarter), score in given.assessed.overall.items()]
    relations = [(site, name, value) for (site, name), value in given.moderators.items()]
    return {
        "figures.csv": csv_text(("site", "quarter", "figure", "value"), rows).encode(),
        "assessments.csv": csv_text(("site", "quarter", "score", "reliability"), scores).encode(),
        "moderators.csv": csv_text(("site", "moderator", "value"), relations).encode(),
    }
