"""The return that came and is being asked about: brought through its steps, as people take them."""

from collections.abc import Mapping

from ithrive.measures import FigureKey
from ithrive.returns import ReturnedFigure
from ithrive.web.accounts.models import Person
from ithrive.web.returns.actions import CellDraft, WordsDraft, ask, save_cells, start_draft, submit
from ithrive.web.returns.models import QuarterlyReturn, Version
from ithrive.web.returns.versions import figures_in, findings_of, mark_of, seen_mark

CHECKED = "We counted again: it is right."
QUESTION = (
    "Waits are counted from the referral. Does this quarter leave out those who were referred by schools?"
)
ABOUT = FigureKey("H2", "median-days")


def send_and_ask(
    *,
    found: QuarterlyReturn,
    figures: Mapping[FigureKey, ReturnedFigure],
    methods: Mapping[str, str],
    sender: Person,
    asker: Person,
) -> None:
    version = start_draft(found=found, by=sender)
    empty = mark_of(None)
    save_cells(
        version=version,
        cells=[CellDraft(key, figure, empty) for key, figure in figures.items()],
        words=[WordsDraft(measure, words, seen_mark("")) for measure, words in methods.items()],
        by=sender,
    )
    answer_the_checks(version, sender, CHECKED)
    submit(version=version, by=sender)
    ask(version=version, question=QUESTION, key=ABOUT, by=asker)


def answer_the_checks(version: Version, sender: Person, answer: str) -> None:
    """Chance moves a figure now and then: what the checks ask about is answered before it is submitted."""
    version.refresh_from_db()
    stands = figures_in(version).figures
    asked = {each.key for each in findings_of(version) if each.key and each.stands_in_the_way}
    answered = [
        CellDraft(key, ReturnedFigure(stands[key].cell, answer), mark_of(stands[key]))
        for key in asked & stands.keys()
    ]
    if answered:
        save_cells(version=version, cells=answered, by=sender)
