"""What the pages of returns say: cells that two people fill in, the board, files as they were sent."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from ithrive.areas.membership import MemberRole
from ithrive.measures import Cell, FigureKey
from ithrive.periods import Quarter
from ithrive.returns import ReturnedFigure, Severity
from ithrive.web.areas.models import Membership, Place, Population
from ithrive.web.returns import actions
from ithrive.web.returns.actions import CellDraft
from ithrive.web.returns.models import QuarterlyReturn
from ithrive.web.returns.versions import (
    figures_in,
    findings_of,
    form_of,
    mark_of,
    seen_mark,
    under_way,
    versions_of,
)
from tests.cast import Cast, signed_in
from tests.web.returns.scenes import draft, owed, signed_off, submitted

SECTION = "thriving"


@pytest.fixture
def due(cast: Cast) -> QuarterlyReturn:
    return owed(cast.alderbrook)


def address(found: QuarterlyReturn, page: str, *more: object) -> str:
    return reverse(f"returns:{page}", args=[found.pk, *more])


def first_key(found: QuarterlyReturn) -> FigureKey:
    return next(line.key for line in form_of(found).lines)


def test_a_line_is_saved_by_script_and_a_late_one_is_told_what_stands(
    cast: Cast, due: QuarterlyReturn
) -> None:
    version = actions.start_draft(found=due, by=cast.ben)
    key = first_key(due)
    empty = {f"figure:{key.text}": "12", f"seen:{key.text}": mark_of(None)}
    answer = signed_in(cast.ben).post(address(due, "save", SECTION), empty)
    assert answer.status_code == 200
    late = signed_in(cast.ada).post(address(due, "save", SECTION), empty | {f"figure:{key.text}": "13"})
    assert (late.status_code, late.json()["code"]) == (409, key.text)
    assert "Somebody saved “12”" in late.json()["why"]
    assert figures_in(version).cell(key) == Cell.of(12)
    again = empty | {f"figure:{key.text}": "13", f"seen:{key.text}": late.json()["seen"]}
    assert signed_in(cast.ada).post(address(due, "save", SECTION), again).status_code == 200


@pytest.mark.parametrize(
    ("figure", "state", "why"),
    [
        ("n/a", "", "can mean nought, missing, or does not apply"),
        ("5", "suppressed", "There is a number, and"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(
    cast: Cast, due: QuarterlyReturn, figure: str, state: str, why: str
) -> None:
    actions.start_draft(found=due, by=cast.ben)
    code = first_key(due).text
    typed = {f"figure:{code}": figure, f"state:{code}": state, f"seen:{code}": mark_of(None)}
    answer = signed_in(cast.ben).post(address(due, "save", SECTION), typed)
    assert answer.status_code == 422
    assert why in answer.json()["why"]


def test_a_file_sent_onto_what_somebody_changed_meanwhile_is_refused(
    cast: Cast, due: QuarterlyReturn
) -> None:
    page = signed_in(cast.ben).get(address(due, "send"))
    seen = page.context["form"].initial["seen"]
    draft(due, by=cast.ada)
    workbook = signed_in(cast.ben).get(address(due, "download", "csv")).content
    sent = {"seen": seen, "file": SimpleUploadedFile("late.csv", workbook)}
    answer = signed_in(cast.ben).post(address(due, "send"), sent)
    assert "Somebody changed this return while you had it open" in answer.content.decode()
    assert [each.saves for each in versions_of(due)] == [1]
    # What they were told is what the page now brings back.
    assert answer.context["form"]["seen"].value() == "1:1"


def test_a_csv_file_comes_back_as_it_went_out(cast: Cast, due: QuarterlyReturn) -> None:
    version = draft(due, by=cast.ben)
    before = figures_in(version).figures
    content = signed_in(cast.ben).get(address(due, "download", "csv")).content
    sent = {"seen": "1:1", "file": SimpleUploadedFile("same.csv", content)}
    answer = signed_in(cast.ben).post(address(due, "send"), sent)
    assert answer.status_code == 302
    current = under_way(versions_of(due))
    assert current is not None
    assert figures_in(current).figures == before


def test_two_people_who_answer_one_question_do_not_overwrite_each_other_unseen(
    cast: Cast, due: QuarterlyReturn
) -> None:
    query = actions.ask(version=submitted(due, by=cast.ben), question="Is it right?", key=None, by=cast.pat)
    page, ada, ben = address(due, "answer", query.pk), signed_in(cast.ada), signed_in(cast.ben)
    assert ada.post(page, {"words": "From the register.", "seen": seen_mark("")}).status_code == 302
    refused = ben.post(page, {"words": "I counted.", "seen": seen_mark("")})
    told = text_of(refused.content.decode())
    assert "Ada answered “From the register.” meanwhile, and that stands." in told
    query.refresh_from_db()
    assert query.answer == "From the register."
    assert seen_mark(query.answer) in refused.content.decode()
    assert ben.post(page, {"words": "Both.", "seen": seen_mark(query.answer)}).status_code == 302


def test_the_board_is_of_quarters_that_are_over(cast: Cast) -> None:
    owed(cast.alderbrook)
    this = Quarter.of(timezone.localdate())
    owed(cast.alderbrook, this, days=90)
    board = signed_in(cast.pat).get(reverse("returns:board")).content.decode()
    assert "0 of 1 received" in board
    assert f"<h2>{this.label}" not in board
    assert "0 of 0 received" not in board


def test_the_board_says_who_to_ring_and_hides_comparison_sites_from_the_programme(cast: Cast) -> None:
    submitted(owed(cast.brackenford), by=cast.cam)
    owed(cast.alderbrook)
    board = signed_in(cast.pat).get(reverse("returns:board")).content.decode()
    assert "1 of 2 received, 0 of them late." in board
    assert "Ada, ada@thornmere.example" in board
    for area in (cast.alderbrook, cast.brackenford):
        Membership.objects.create(area=area, role=MemberRole.COMPARISON)
    for page in ("board", "board-csv", "home"):
        told = signed_in(cast.pat).get(reverse(f"returns:{page}")).content.decode()
        assert "Alderbrook" not in told
        assert "Brackenford" not in told, "one that is sent and not signed off neither"
        assert "Alderbrook" in signed_in(cast.eve).get(reverse(f"returns:{page}")).content.decode()


def test_a_return_that_is_sent_is_not_lost_sight_of_before_it_is_signed_off(cast: Cast) -> None:
    version = submitted(owed(cast.alderbrook), by=cast.ben)

    def told() -> str:
        return text_of(signed_in(cast.ben).get(reverse("returns:home")).content.decode())

    assert "No return is due today." in told()
    assert "Submitted" in told().partition("Sent, and not finished")[2]
    actions.ask(version=version, question="Did a team join?", by=cast.pat)
    assert "Queried" in told().partition("Sent, and not finished")[2]
    home = signed_in(cast.ben).get(f"/home/thornmere/local-area/{cast.alderbrook.code}/").content.decode()
    assert f"Questions about the figures for {version.of.quarter.label} to answer" in home
    actions.answer(query=version.queries.get(), words="Yes, in July.", by=cast.ben)
    actions.submit(version=version, by=cast.ben)
    actions.sign_off(version=version, by=cast.ada)
    assert "Sent, and not finished" not in told()


def text_of(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", page)


def test_what_a_version_changes_counts_rates_over_the_population_too(
    cast: Cast, due: QuarterlyReturn
) -> None:
    for place in Place.objects.filter(geography__country=cast.country):
        Population.objects.create(place=place, mid_year=2024, persons=[100] * 25)
    cast.country.revision = "with people"
    cast.country.save()
    signed_off(due, by=cast.ben, signed_by=cast.ada)
    again = actions.resubmit(found=due, reason="Late records", by=cast.ben)
    key = FigureKey("H1", "people")
    stands = mark_of(figures_in(again).figures[key])
    cell = CellDraft(key, ReturnedFigure(Cell.of(90), "Late records"), stands)
    actions.save_cells(version=again, cells=[cell], by=cast.ben)
    page = text_of(signed_in(cast.ben).get(address(due, "differences", 2)).content.decode())
    assert "1 returned figure changed; that changes 1 shown figure." in page
    # Of 1,800 children: 60 and 90 for every 100,000.
    assert re.search(r"3,333\.33\s+5,000", page)


def test_a_file_is_given_back_as_it_was_sent(cast: Cast, due: QuarterlyReturn) -> None:
    version = draft(due, by=cast.ben)
    file = version.files.get()
    answer = signed_in(cast.pat).get(address(due, "original", file.pk))
    assert answer.content == b"PK"
    assert answer["Content-Security-Policy"].startswith("sandbox")


def test_notes_on_the_whole_return_are_saved_only_onto_what_their_writer_saw(
    cast: Cast, due: QuarterlyReturn
) -> None:
    actions.start_draft(found=due, by=cast.ben)
    ben, ada = signed_in(cast.ben), signed_in(cast.ada)
    seen = ben.get(address(due, "notes")).context["form"]["seen"].value()
    ben.post(address(due, "notes"), {"words": "A team moved.", "seen": seen})
    late = ada.post(address(due, "notes"), {"words": "A new system.", "seen": seen})
    assert "Somebody wrote “A team moved.” here meanwhile" in late.content.decode()
    assert late.context["form"]["words"].value() == "A new system."
    both = {"words": "A team moved. A new system.", "seen": late.context["form"]["seen"].value()}
    page = ada.post(address(due, "notes"), both, follow=True).content.decode()
    assert "The notes are saved." in page
    assert "A team moved. A new system." in page
    assert "Notes on the whole return" in page
    version = under_way(versions_of(due))
    assert version is not None
    assert figures_in(version).notes == "A team moved. A new system."


def test_notes_of_a_submitted_return_no_longer_change(cast: Cast, due: QuarterlyReturn) -> None:
    submitted(due, by=cast.ben)
    answer = signed_in(cast.ben).post(address(due, "notes"), {"words": "Late"})
    assert answer.status_code == 403
    assert "Notes on the whole return" not in signed_in(cast.ben).get(address(due, "return")).content.decode()


def test_answers_in_words_stand_beside_their_boxes_as_they_were_given_last(
    cast: Cast, due: QuarterlyReturn
) -> None:
    submitted(owed(cast.alderbrook, due.quarter + -1), by=cast.ben)
    actions.start_draft(found=due, by=cast.ben)
    page = signed_in(cast.ben).get(address(due, "fill", "shared-decision-making")).content.decode()
    assert "Last quarter: CollaboRATE 2013" in page
    table = signed_in(cast.ben).get(address(due, "download", "csv")).content.decode()
    assert "CollaboRATE 2013" in table


def test_a_part_is_not_blamed_for_a_whole_that_could_not_be_read(cast: Cast, due: QuarterlyReturn) -> None:
    draft(due, by=cast.ben)
    client = signed_in(cast.ben)
    table = client.get(address(due, "download", "csv")).content.decode()
    lines = [
        line.replace(",10,", ",<5,") if line.endswith("A1.supported") else line for line in table.splitlines()
    ]
    sent = {"seen": "1:1", "file": SimpleUploadedFile("return.csv", "\n".join(lines).encode())}
    page = client.post(address(due, "send"), sent, follow=True).content.decode()
    assert "“&lt;5” hides the number." in page
    assert "of which this is a part, is empty" not in page


def test_one_reason_explains_many_figures_at_once(cast: Cast, due: QuarterlyReturn) -> None:
    version = actions.start_draft(found=due, by=cast.ben)
    ben = signed_in(cast.ben)
    asked = [each for each in findings_of(version) if each.severity is Severity.QUERY and not each.answer]
    keys = list(dict.fromkeys(each.key for each in asked if each.key))
    assert len(keys) > 1
    page = ben.get(address(due, "reasons")).content.decode()
    offered = re.findall(r'name="figures"[^>]*value="([^"]+)"', page)
    assert [each.split()[0] for each in offered] == [key.text for key in keys]
    sent = {"figures": offered[:-1], "reason": "The clinic was shut for a month"}
    said = ben.post(address(due, "reasons"), sent, follow=True).content.decode()
    assert f"The reason stands beside {len(keys) - 1} figure" in said
    saved = under_way(versions_of(due))
    assert saved
    stand = figures_in(saved)
    assert {stand.reason(key) for key in keys[:-1]} == {"The clinic was shut for a month"}
    assert stand.reason(keys[-1]) == ""
    # What was chosen on a page that is old by now is not explained a second time.
    again = ben.post(address(due, "reasons"), sent | {"reason": "Another"}).content.decode()
    assert "was changed or explained meanwhile" in again
    ben.post(address(due, "reasons"), {"figures": offered[-1:], "reason": "Late"})
    assert (
        "No figure is waiting for a reason." in ben.get(address(due, "reasons"), follow=True).content.decode()
    )
