"""Profiles and movement of 120 areas over ten rounds: queries and processor seconds, at once and one by one.

The least that can be done with the same rows is to fetch them: that is what the seconds are measured against.
"""

import os
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["DATABASE_URL"] = "sqlite:///:memory:"

import django

django.setup()

from django.core.management import call_command  # noqa: E402 # Django has to be ready first
from django.db import connection  # noqa: E402 # the same
from django.test.utils import CaptureQueriesContext  # noqa: E402 # the same

from ithrive.periods import half_years  # noqa: E402 # the same
from ithrive.web.accounts.models import Person  # noqa: E402 # the same
from ithrive.web.areas.models import Country, LocalArea  # noqa: E402 # the same
from ithrive.web.assessments.models import Agreed, InstrumentVersion, Round  # noqa: E402 # the same
from ithrive.web.assessments.profiles import series_of  # noqa: E402 # the same
from ithrive.web.assessments.queries import instrument_of  # noqa: E402 # the same

AREAS, ROUNDS, STATEMENTS = 120, 10, 60

Result = TypeVar("Result")


def main() -> None:
    """Prints queries for 2 areas and for all, and processor seconds against fetching the rows alone."""
    call_command("migrate", verbosity=0)
    fill()
    known = Round.objects.select_related("area__country", "instrument").defer("instrument__content")
    instrument_of(known[0])  # a process reads a version once
    for areas in (2, AREAS):
        with CaptureQueriesContext(connection) as asked:
            series_of(known.filter(area__in=range(1, areas + 1)))
        print(f"{areas} areas x {ROUNDS} rounds: {len(asked)} queries")
    fetched, _ = spent(lambda: (list(known), list(Agreed.objects.values_list())))
    together, found = spent(lambda: series_of(known))
    apart, _ = spent(lambda: [series_of(known.filter(area=area)) for area in range(1, AREAS + 1)])
    profiles = sum(len(each) for each in found.values())
    print(f"{profiles:,} profiles of {STATEMENTS} statements with their movement: {together:.2f} s", end="; ")
    print(f"{together / fetched:.1f} times fetching the rows alone; one area at a time {apart:.2f} s")


def fill() -> None:
    """Every area with ten signed-off rounds of sixty statements."""
    from bench.agreement import an_instrument

    instrument = an_instrument()
    version = InstrumentVersion.objects.create(
        code=instrument.code, version=instrument.version, title=instrument.title,
        content=instrument.model_dump(mode="json"),
    )  # fmt: skip
    person = Person.objects.create_user("eve@thornmere.example", None, name="Eve")
    country = Country.objects.create(slug="thornmere", name="Thornmere", fictional=True, revision="bench")
    areas = LocalArea.objects.bulk_create(
        LocalArea(
            country=country, kind="local-area", code=f"T{n:03}", name=f"Area {n}", starts=date(2020, 1, 1)
        )
        for n in range(AREAS)
    )
    window = timedelta(weeks=4)
    rounds = Round.objects.bulk_create(
        Round(
            area=area, instrument=version, state="signed off", due_on=day, window_opens=day - window,
            window_closes=day + window,
        )
        for area in areas
        for day in half_years(date(2021, 3, 1), ROUNDS)
    )  # fmt: skip
    Agreed.objects.bulk_create(
        (
            Agreed(
                round=round, statement=each.code, score=1 + (place + number) % 4, low=1, high=4,
                reason="We looked again.", agreed_by=person,
            )
            for place, round in enumerate(rounds)
            for number, each in enumerate(instrument.statement)
        ),
        batch_size=5_000,
    )  # fmt: skip


def spent(task: Callable[[], Result]) -> tuple[float, Result]:
    """Processor seconds of one run."""
    start = time.process_time()
    result = task()
    return time.process_time() - start, result


if __name__ == "__main__":
    main()
