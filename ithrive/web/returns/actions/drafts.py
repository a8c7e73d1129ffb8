"""Filling in a return on its pages: cells saved one by one, which two tabs cannot overwrite unseen."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from ithrive.measures import CellState, FigureKey
from ithrive.problems import NotAllowed
from ithrive.returns import ReturnedFigure, ReturnForm
from ithrive.returns.life import State, why_not_change
from ithrive.returns.schedule import why_not_send
from ithrive.web.accounts.actions.permission import refuse
from ithrive.web.history.record import Author
from ithrive.web.returns.actions._figures import as_row
from ithrive.web.returns.actions._held import held, person_of, standing, tell
from ithrive.web.returns.models import LONGEST_NOTE, Figure, QuarterlyReturn, Version
from ithrive.web.returns.versions import (
    figures_in,
    form_of,
    in_force,
    mark_of,
    seen_mark,
    text_of,
    under_way,
    versions_of,
)

WHOLE = "notes"  # the code under which the notes on the whole return are saved
GO_ON = "Version {number} is {state} already. Go on with that one."
SAY_WHY = (
    "The figures of this quarter are signed off. Say why you send them again on the page of the return, "
    "by “Send the figures again”; then send them here."
)


@dataclass(frozen=True, slots=True)
class CellDraft:
    """What a page wants to save of one figure, and the mark of what stood there before."""

    key: FigureKey
    figure: ReturnedFigure
    seen: str


@dataclass(frozen=True, slots=True)
class WordsDraft:
    """The same of an answer in words: `code` is the id of a measure, or “notes”."""

    code: str
    words: str
    seen: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of drafts. `conflicts`: what another tab or person saved meanwhile, which still stands."""

    figures: dict[FigureKey, ReturnedFigure] = field(default_factory=dict)
    conflicts: dict[FigureKey, ReturnedFigure | None] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    words_conflicts: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def start_draft(*, found: QuarterlyReturn, by: Author, came_by: str = "form") -> Version:
    """The first version of a return, empty."""
    row = held(found)
    version = new_version(row, by=by, came_by=came_by)
    tell(row, by=by, action="start a return", happened=f"version {version.number} started")
    return version


def new_version(row: QuarterlyReturn, *, by: Author, came_by: str) -> Version:
    """An empty draft of a return that is held, if it is time and nothing stands in the way."""
    refuse(why_not_send(row.expected, timezone.localdate()))
    versions = versions_of(row)
    if open_one := under_way(versions):
        raise NotAllowed(GO_ON.format(number=open_one.number, state=open_one.state))
    refuse(SAY_WHY if in_force(versions) else None)
    number = len(versions) + 1
    return Version.objects.create(
        of=row, number=number, state=State.DRAFT, came_by=came_by, started_by=person_of(by)
    )


@transaction.atomic
def save_cells(
    *, version: Version, cells: Sequence[CellDraft], words: Sequence[WordsDraft] = (), by: Author
) -> Saved:
    """Save what somebody typed, each cell only onto what they had before them.

    A draft that says what stands already counts as saved: an answer may have been lost on its way. A draft's
    saves write no line of history; where figures change after a query, the line says from what to what.
    """
    row = standing(version)
    refuse(why_not_send(row.of.expected, timezone.localdate()))
    refuse(why_not_change(State(row.state)))
    form = form_of(row.of)
    _refuse_strangers(form, cells, words)
    before = figures_in(row).figures
    saved = Saved()
    for draft in cells:
        stands = before.get(draft.key)
        if mark_of(stands) not in {draft.seen, mark_of(draft.figure)}:
            saved.conflicts[draft.key] = stands
        else:
            saved.figures[draft.key] = draft.figure
    _write(row, saved)
    _save_words(row, words, saved)
    row.saves += 1
    row.came_by = "form"
    row.save(update_fields=["saves", "came_by", "methods", "notes"])
    if row.state == State.QUERIED:
        _tell_changes(row, before, saved, by)
    return saved


def _refuse_strangers(form: ReturnForm, cells: Sequence[CellDraft], words: Sequence[WordsDraft]) -> None:
    asked = {each.measure for each in form.questions} | {WHOLE}
    strange = [each.key.text for each in cells if each.key not in form.by_key]
    strange += [each.code for each in words if each.code not in asked]
    refuse(f"“{strange[0]}” is not in this form. Load the page again." if strange else None)


def _write(row: Version, saved: Saved) -> None:
    # A handful of cells from a page: removed and written anew, so that nothing of the old one can stay.
    for key in saved.figures:
        Figure.objects.filter(
            version=row, measure=key.measure, figure=key.figure, grouping=key.grouping,
            breakdown=key.breakdown,
        ).delete()  # fmt: skip
    Figure.objects.bulk_create(
        as_row(row, key, figure)
        for key, figure in saved.figures.items()
        if figure.reason or figure.cell.state is not CellState.NOT_SUBMITTED
    )


def _save_words(row: Version, words: Sequence[WordsDraft], saved: Saved) -> None:
    for draft in words:
        stands = row.notes if draft.code == WHOLE else row.methods.get(draft.code, "")
        new = draft.words[:LONGEST_NOTE]
        if seen_mark(stands) not in {draft.seen, seen_mark(new)}:
            saved.words_conflicts[draft.code] = stands
            continue
        saved.words[draft.code] = new
        if draft.code == WHOLE:
            row.notes = new
        else:
            row.methods = {code: text for code, text in {**row.methods, draft.code: new}.items() if text}


def _tell_changes(row: Version, before: object, saved: Saved, by: Author) -> None:
    assert isinstance(before, dict)
    changed = {
        key: figure for key, figure in saved.figures.items() if mark_of(before.get(key)) != mark_of(figure)
    }
    if not changed:
        return
    tell(
        row.of, by=by, action="change queried figures",
        happened=f"{len(changed)} figures of version {row.number} changed after a query",
        before={key.text: text_of(before.get(key)) for key in changed},
        after={key.text: text_of(figure) for key, figure in changed.items()},
    )  # fmt: skip
