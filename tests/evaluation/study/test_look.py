"""Looks: planned ones alone, each on the figures as they were, and all of them on the ledger."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from ithrive.evaluation.looks import LookTaken
from ithrive.evaluation.protocol import read_protocol
from ithrive.evaluation.study import Look, StudyData, read_study, take_look
from ithrive.problems import BadInput, NotAllowed
from tests.evaluation.study import small

AT = datetime(2028, 1, 1, tzinfo=UTC)
LINEAR = small.text().replace("looks = [2]", 'looks = [2, 3]\nspending = "linear"\nalpha = 0.2')


def data(rows: list[tuple[object, ...]] | None = None) -> StudyData:
    return read_study(small.files(rows), small.protocol())


def look(
    wave: int,
    *before: Look,
    given: StudyData | None = None,
    by: str = "Ada",
    kept: Sequence[Look] | None = None,
) -> Look:
    return take_look(
        read_protocol(LINEAR.encode()),
        given or data(),
        wave=wave,
        at=AT + timedelta(days=wave),
        by=by,
        ledger=[each.taken for each in before],
        kept={each.taken.wave: each.figures for each in (before if kept is None else kept)},
    )


def test_a_look_is_set_down_with_what_it_saw():
    first = look(2)
    taken = first.taken
    assert (taken.study, taken.wave, taken.by, taken.information) == ("small", 2, "Ada", 0.5)
    assert taken.seal
    second = look(4, first)
    assert second.taken.information == 1
    assert second.taken.seal != taken.seal


def test_the_p_of_the_first_look_is_that_of_every_swap_counted_by_hand():
    """The plain twin: changes up to the wave of the look, summed over pairs under all sixteen swaps."""

    def change(site: str) -> float:
        after = [float(str(small.wait(site, wave))) for wave in (1, 2)]
        before = [float(str(small.wait(site, wave))) for wave in (-2, -1, 0)]
        return sum(after) / 2 - sum(before) / 3

    apart = [change(f"a{pair}") - change(f"c{pair}") for pair in "1234"]
    sums = [
        abs(sum(sign * each for sign, each in zip(signs, apart, strict=True)))
        for signs in product((1, -1), repeat=4)
    ]
    by_hand = sum(each >= abs(sum(apart)) - 1e-9 for each in sums) / 16
    assert look(2).found.p == pytest.approx(by_hand)


def test_a_figure_revised_later_does_not_change_what_was_seen():
    first = look(3)
    assert first.taken.crossed == ("wait",)
    # Later only one pair turns out to have changed by then, so that all swaps would have tied.
    revised = data(
        small.figures(
            lambda site, wave: 30 + wave + (site == "a1" and wave > 0) if wave < 4 else small.wait(site, wave)
        )
    )
    as_seen, as_revised = look(4, first, given=revised), look(4, look(3, given=revised), given=revised)
    assert as_seen.figures == as_revised.figures
    # Two of sixteen swaps crossed as it was seen; of the three that may in the end one is left, and two tie.
    assert as_seen.taken.threshold is None
    assert as_revised.taken.threshold is not None


@pytest.mark.parametrize(
    ("wave", "sentence"),
    [
        (1, "The protocol plans no look after wave 1. It plans: 2, 3, 4."),
        (2, "The look after wave 2 was taken already. Read it from the ledger."),
    ],
)
def test_only_planned_looks_are_taken_and_each_once(wave: int, sentence: str):
    first = look(2)
    with pytest.raises(NotAllowed) as refusal:
        look(wave, first)
    assert str(refusal.value) == sentence


def test_a_look_waits_for_its_figures():
    with pytest.raises(NotAllowed, match=r"Figures have arrived up to wave 3. Wait until those of wave 4"):
        look(4, given=data(small.figures(last=3)))


def test_a_look_needs_a_person():
    with pytest.raises(NotAllowed, match="Nobody is named who takes the look"):
        look(2, by=" ")


def test_figures_of_an_earlier_look_that_are_gone_or_changed_stop_the_next():
    first = look(2)
    with pytest.raises(BadInput, match="Look after wave 2: The figures of this look are missing"):
        look(4, first, kept=[])
    other = look(
        2, given=data(small.figures(lambda site, wave: float(str(small.wait(site, wave))) + (site == "a1")))
    )
    with pytest.raises(BadInput, match="The figures of this look were changed after it was taken"):
        look(4, first, kept=[other])


def test_a_ledger_of_another_study_is_refused():
    first = look(2)
    stranger = replace(first, taken=replace(first.taken, study="another"))
    with pytest.raises(NotAllowed, match="The ledger is of another study"):
        look(4, stranger)


def test_a_pair_without_figures_takes_no_part_and_stops_no_look():
    given = data(small.figures(lambda site, wave: "" if site == "a3" else small.wait(site, wave)))
    found = look(2, given=given)
    assert found.assignments == "all 16 swaps within 4 pairs"
    assert isinstance(found.taken, LookTaken)


def test_a_look_where_nothing_can_be_judged_is_not_taken():
    flat = data(small.figures(lambda site, wave: 30))
    with pytest.raises(NotAllowed, match=r"The look was not taken. No outcome can be judged at any look"):
        look(2, given=flat)


def test_a_look_says_whether_a_boundary_was_crossed_and_no_effect():
    assert look(4, look(2)).sentence == (
        "After wave 4: wait crossed. 0.2000 of alpha could be spent by now, over all 16 swaps within 4 pairs."
    )
    assert look(2).sentence == (
        "After wave 2 no outcome crossed, and the study goes on. 0.1000 of alpha could be spent by now,"
        " over all 16 swaps within 4 pairs."
    )
