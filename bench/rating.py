"""A round of 60 statements and three raters, opened: CPU time beside the bare form of as many statements.

The bare form is what Django and the site's own form renderer make of 60 radios and 60 text boxes, without a
round, a database or a person.
"""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

STATEMENTS, TIMES, AIM = 60, 15, 2


def main() -> None:
    """Prints the milliseconds of CPU that each page takes, and how often it asks the database."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            DATABASE_URL=f"sqlite:///{Path(folder) / 'bench.sqlite3'}",
            ITHRIVE_DATA_DIR=folder,
            SECRET_KEY="only-for-the-benchmark",
            DJANGO_SETTINGS_MODULE="tests.settings",
        )
        import django

        django.setup()
        from django.test.utils import setup_databases, setup_test_environment, teardown_databases

        setup_test_environment()
        kept = setup_databases(verbosity=0, interactive=False)
        try:
            measure()
        finally:
            teardown_databases(kept, verbosity=0)


def measure() -> None:
    from tests.cast import assemble, signed_in
    from tests.web.assessments import scenes

    cast = assemble()
    longer = sixty(scenes.INSTRUMENT)
    open_one = scenes.opened(cast.alderbrook, cast.ben, cast.col, cast.eve, instrument=longer)
    scenes.rates(open_one, cast.ben, *([3] * (STATEMENTS - 1)), submit=False)
    held = scenes.opened(cast.alderbrook, cast.ben, cast.col, cast.eve, instrument=longer, study="bench")
    for number, person in enumerate((cast.ben, cast.col, cast.eve), 1):
        scenes.rates(held, person, *([number] * STATEMENTS))
    bare = taken(bare_form(longer))
    print(f"bare form of {STATEMENTS} statements: {bare:.1f} ms")
    for what, person, path in (
        ("rating page, all statements", cast.ben, f"/assessments/rounds/{open_one.pk}/rate/?part=all"),
        (
            "side by side, 3 raters, all statements",
            cast.eve,
            f"/assessments/rounds/{held.pk}/moderate/?part=all",
        ),
        ("agreement", cast.eve, f"/assessments/rounds/{held.pk}/agreement/"),
        ("round", cast.eve, f"/assessments/rounds/{held.pk}/"),
    ):
        client = signed_in(person)
        page = taken(lambda client=client, path=path: client.get(path))
        asked = queries_of(client, path)
        print(f"{what}: {page:.1f} ms, {page / bare:.2f} times the bare form (aim: {AIM}), {asked} queries")


def sixty(instrument):  # type: ignore[no-untyped-def] # an Instrument, known once Django is ready
    """The demonstration instrument's statements, again and again under other codes."""
    own = instrument.statement
    repeated = [
        own[number % len(own)].model_copy(update={"code": f"s_{number}"}) for number in range(STATEMENTS)
    ]
    return instrument.model_copy(update={"version": "sixty", "statement": tuple(repeated)})


def bare_form(instrument) -> Callable[[], object]:  # type: ignore[no-untyped-def] # the same
    from django import forms
    from django.template.loader import render_to_string

    from ithrive.web.components.forms import NHSForm

    fields: dict[str, object] = {}
    for each in instrument.statement:
        choices = [*enumerate(each.anchors, 1), ("cannot", "I cannot rate this")]
        fields[f"score_{each.code}"] = forms.ChoiceField(
            label=each.text, choices=choices, required=False, widget=forms.RadioSelect
        )
        fields[f"evidence_{each.code}"] = forms.CharField(required=False, widget=forms.Textarea)
    bare = type("Bare", (NHSForm,), fields)
    return lambda: render_to_string("components/form_page.html", {"page_title": "Rate", "form": bare()})


def taken(act: Callable[[], object]) -> float:
    """Milliseconds of CPU at best, once everything is warm."""
    act()
    best = float("inf")
    for _ in range(TIMES):
        began = time.process_time()
        act()
        best = min(best, time.process_time() - began)
    return best * 1000


def queries_of(client, path: str) -> int:  # type: ignore[no-untyped-def] # a test client
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


if __name__ == "__main__":
    main()
