"""Loads the demonstration: part by part, each part whole or not at all, and only what is not there yet."""

from collections.abc import Sequence

from django.db import transaction

from ithrive.problems import BadInput, Problem
from ithrive.web.accounts.models import Person
from ithrive.web.areas.models import Membership
from ithrive.web.history.models import Change
from ithrive.web.history.record import Command, record
from ithrive.web.overview.demonstration.cast import DOMAIN
from ithrive.web.overview.demonstration.parts import PARTS, Part

DEMONSTRATION = Command("demo load")
LOADED = "load a part of the demonstration"
STUDY = (
    "A study from its protocol to results that are public: /studies/thornmere-study/ once it is served;\n"
    "docs/handbook/tutorial/a-study-from-protocol-to-report.md leads through it."
)


def load(*, up_to: str | None = None) -> str:
    """Load every part that is not there, the one named `up_to` being the last, and say what came of it."""
    there = loaded()
    missing = [part for part in _parts(up_to) if part.name not in there]
    if not missing:
        return "The demonstration programme is there already; nothing changed."
    _refuse_beside_the_real()
    for part in missing:
        _load(part)
    said = f"Loaded the demonstration programme: {', '.join(part.name for part in missing)}."
    return f"{said}\n{STUDY}" if any(part.name == "study" for part in missing) else said


def _parts(up_to: str | None) -> Sequence[Part]:
    names = [part.name for part in PARTS]
    return PARTS if up_to is None else PARTS[: names.index(up_to) + 1]


def loaded() -> set[str]:
    """The names of the parts that the history says are here."""
    lines = Change.objects.filter(action=LOADED, by=DEMONSTRATION.reference)
    return set(lines.values_list("subject", flat=True))


@transaction.atomic
def _load(part: Part) -> None:
    part.load(DEMONSTRATION)
    record(by=DEMONSTRATION, action=LOADED, subject=part.name, summary=f"Demonstration: {part.name}.")


def _refuse_beside_the_real() -> None:
    """Published passphrases and made-up figures must never stand beside real people or a real programme."""
    real_people = Person.objects.exclude(email__endswith=f"@{DOMAIN}").exists()
    real_members = Membership.objects.filter(area__country__fictional=False).exists()
    if real_people or real_members:
        what = "it holds real people or a real programme, so the demonstration stays out."
        raise BadInput(
            Problem("database", what, "Give the demonstration a database of its own: DATABASE_URL.")
        )
