"""A study whose every figure can be told from every other: six pairs, seven waves, two holes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from ithrive.evaluation.protocol import Protocol, Standing, read_protocol
from ithrive.evaluation.study import StudyResults, read_study, run_study
from ithrive.tables import csv_text

RELIABILITY = ("reliability", "reliability_rounds", "reliability_raters")
TOP = """
schema = 1
id = "told"
name = "Study to be told"
fictional = true
question = "Do people wait less where THRIVE is implemented?"

[waves]
baseline = "2026/27 Q1"
retrospective = 2
following = 4
assessments = [0, 2, 4]

[analysis]
looks = [2]
alpha = 0.1

[[outcome]]
id = "wait"
measure = "H2"
better = "lower"
family = "primary"

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
"""
NAMES = (
    "alderbrook", "brackenford", "caldmere", "dunwick", "eastholm", "fernleigh",
    "garrowby", "harthill", "inglebeck", "jarnside", "kettlewick", "lowmere",
)  # fmt: skip
WAVES = range(-2, 5)
LATE = "caldmere"
# At the last wave only four comparison sites sent figures.
HOLES = {("lowmere", 4), ("jarnside", 4)}


def area(site: str) -> str:
    return f"E99{NAMES.index(site):06}"


def accelerator(site: str) -> bool:
    return NAMES.index(site) % 2 == 0


@cache
def protocol() -> Protocol:
    return read_protocol((TOP + "".join(map(site, NAMES))).encode(), name="told.toml")


def site(name: str) -> str:
    arm = 'arm = "accelerator"\nstarts = "2026/27 Q2"' if accelerator(name) else 'arm = "comparison"'
    pair = f"p{NAMES.index(name) // 2 + 1}"
    return (
        f'\n[[site]]\nid = "{name}"\narea = "{area(name)}"\ngeography = "MADE-UP"\npair = "{pair}"\n{arm}\n'
    )


def wait(site: str, wave: int) -> int:
    """Four digits, so that one site's figure is found in a text and mistaken for nothing else."""
    at = NAMES.index(site)
    fell = (700 + 37 * at) if accelerator(site) and wave > 0 else 0
    return 6000 + 211 * at + 13 * wave + (at * 97 + wave * 59) % 83 - fell


def caseload(site: str, wave: int) -> int:
    return 20000 + 431 * NAMES.index(site) + 17 * wave + (NAMES.index(site) * 61 + wave * 41) % 97


@cache
def files() -> Mapping[str, bytes]:
    rows = [
        (site, wave, outcome, figure(site, wave))
        for outcome, figure in (("wait", wait), ("caseload", caseload))
        for site in NAMES
        for wave in WAVES
        if (site, wave) not in HOLES
    ]
    score = [
        (site, wave, round(1.5 + NAMES.index(site) % 5 / 5 + wave / 4, 2), 0.8, 27, 54)
        for site in NAMES
        for wave in (0, 2, 4)
    ]
    pulse = [(site, "relationships", 2 + NAMES.index(site) % 7 / 3) for site in NAMES]
    people = [(site, 100 + 9 * NAMES.index(site), 20 + NAMES.index(site) % 4) for site in NAMES]
    said = [
        ("alderbrook", 2, "care", "school", 9, "yes", "We meet every week now."),
        ("caldmere", 2, "care", "school", 2, "yes", "It is hard here."),
    ]
    done = [("alderbrook", "2026-08-01", "event", 40), ("alderbrook", "2027-05-01", "training", 30)]
    tables = {
        "figures.csv": csv_text(("site", "wave", "figure", "value"), rows),
        "assessments.csv": csv_text(("site", "wave", "score", *RELIABILITY), score),
        "moderators.csv": csv_text(("site", "moderator", "value"), pulse),
        "covariates.csv": csv_text(("site", "people", "need"), people),
        "quotations.csv": csv_text(
            ("site", "wave", "statement", "sector", "people", "consent", "text"), said
        ),
        "evidence.csv": csv_text(("site", "date", "kind", "people"), done),
    }
    return {name: text.encode() for name, text in tables.items()}


@cache
def results(*, frozen: bool = True) -> StudyResults:
    standing = Standing(frozen, "Frozen for a test." if frozen else "It was not frozen.")
    at = datetime(2027, 7, 1, tzinfo=UTC)
    return run_study(protocol(), standing, read_study(files(), protocol()), at=at)


@cache
def apart() -> StudyResults:
    """The same, had one of the six begun a quarter after the others; and it sent one figure that is odd."""
    late = TOP + "".join(map(site, NAMES))
    began = f'id = "{LATE}"\narea = "{area(LATE)}"'
    head, tail = late.split(began)
    said = head + began + tail.replace('starts = "2026/27 Q2"', 'starts = "2026/27 Q3"', 1)
    plan = read_protocol(said.encode(), name="told.toml")
    at = datetime(2027, 7, 1, tzinfo=UTC)
    return run_study(plan, Standing(True, "Frozen for a test."), read_study(files(), plan), at=at)


def hostile() -> StudyResults:
    """Names that would be instructions, were they not told as text."""
    name = "<script>alert('x')</script> & #panic(\"x\") $x$ *x* \\u{41} \x07 ]]> ${{x}}"
    return replace(results(), name=name, question=name)
