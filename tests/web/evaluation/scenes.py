"""A small study in the database: eight areas, six quarters that are over, and one outcome. Figures invented.

Alderbrook is a comparison site of it, so that every page of the cast's own area can be tried for secrecy;
Brackenford has no part in it.
"""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from ithrive.periods import Quarter
from ithrive.web.areas.models import LocalArea
from ithrive.web.evaluation import actions
from ithrive.web.evaluation.models import Study, StudyRun
from ithrive.web.history.record import Command
from ithrive.web.overview.studies.working import look_at, work_here
from tests.cast import Cast, local_area
from tests.web.publications.scenes import signed_off, waits
from tests.web.returns.scenes import last_quarter

BY = Command("tests")
RETROSPECTIVE, FOLLOWING = 2, 3
NAMES = ("Sallowby", "Teasel Down", "Umberley", "Vetchford", "Withy Cross", "Yarrowmere", "Zinnia Vale")
TOP = """
schema = 1
id = "small-study"
name = "Small study"
fictional = true
question = "Do people wait less?"

[waves]
baseline = "{baseline}"
retrospective = 2
following = 3
assessments = [0]

[analysis]
looks = [2]

[[outcome]]
id = "wait"
measure = "H2"
better = "lower"
family = "primary"
"""
SITE = """
[[site]]
id = "{id}"
area = "{code}"
geography = "LA24"
country = "thornmere"
arm = "{arm}"
pair = "{pair}"
"""


def baseline() -> Quarter:
    return last_quarter() + -FOLLOWING


def areas(cast: Cast) -> list[LocalArea]:
    """Alderbrook, which is compared, and seven others; accelerators and comparison sites in turn."""
    known = {each.name: each for each in LocalArea.objects.filter(country=cast.country)}
    geography = cast.country.geographies.get()
    others = [
        known.get(name) or local_area(geography, f"S{number:03}", name)
        for number, name in enumerate(NAMES, start=1)
    ]
    return [cast.alderbrook, *others]


def site_of(area: LocalArea) -> str:
    return area.name.replace(" ", "-")


def protocol_text(found: list[LocalArea], more: str = "") -> str:
    lines = [TOP.format(baseline=baseline().label)]
    for number, area in enumerate(found):
        arm = "accelerator" if number % 2 else "comparison"
        starts = f'starts = "{(baseline() + 1).label}"\n' if number % 2 else ""
        lines.append(SITE.format(id=site_of(area), code=area.code, arm=arm, pair=number // 2 + 1) + starts)
    return "".join(lines) + more


def wait(number: int, wave: int) -> float:
    """Days: areas differ, all wobble, and accelerators wait nine days less once they began."""
    fell = 9 if number % 2 and wave > 0 else 0
    return 40 + 2 * number + (number * 7 + wave * 5) % 3 - fell


def figures(found: list[LocalArea], *, last: int = FOLLOWING, of: Callable[[int, int], float] = wait) -> None:
    """Returns signed off, up to a wave. Vetchford never sent its second one."""
    for number, area in enumerate(found):
        for wave in range(-RETROSPECTIVE, last + 1):
            if (area.name, wave) != ("Vetchford", -1):
                days = of(number, wave)
                signed_off(area, waits(80, days, days * 2.5), quarter=baseline() + wave)


def written(cast: Cast, *, last: int = FOLLOWING) -> Study:
    """The study with its protocol written, and figures up to a wave."""
    found = areas(cast)
    figures(found, last=last)
    return actions.add_protocol(text=protocol_text(found), by=cast.eve)


def frozen(cast: Cast, *, last: int = FOLLOWING) -> Study:
    study = written(cast, last=last)
    actions.freeze_protocol(study=study, by=cast.eve, at=timezone.now() - timedelta(minutes=5))
    return study


def looked_at(cast: Cast) -> Study:
    """Frozen, and looked at at its end: from now on arms may be compared."""
    study = frozen(cast)
    look_at(study, FOLLOWING, by=cast.eve)
    return study


def worked_out(cast: Cast) -> StudyRun:
    run = actions.ask_for_run(study=looked_at(cast), by=cast.eve)
    work_here(run, by=cast.eve)
    run.refresh_from_db()
    return run


def studies_standing(cast: Cast) -> dict[str, object]:
    """What stands in the address of a page of studies: a study that was worked out and is not released."""
    study = frozen(cast)
    StudyRun.objects.create(
        study=study, number=1, state="waiting", asked_as=BY.reference, asked_at=timezone.now()
    )
    return {"slug": study.slug, "number": 1, "wave": FOLLOWING, "ending": "pdf"}


def released_by_hand(cast: Cast, run: StudyRun) -> None:
    """As if Eve's colleague had released it: the cast has one evaluator."""
    StudyRun.objects.filter(pk=run.pk).update(asked_by=None, asked_as=BY.reference)
    run.refresh_from_db()
    actions.release_results(run=run, by=cast.eve)
    run.refresh_from_db()
