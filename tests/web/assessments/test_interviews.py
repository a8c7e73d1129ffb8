"""Interviews: consent first, originals out of reach, passages that stand, no word in the history."""

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from docx import Document
from pytest_django.asserts import assertContains, assertNotContains
from pytest_django.fixtures import Settings

from ithrive.assessments.interviewing import Covers
from ithrive.assessments.passages import digest_of
from ithrive.problems import BadInput, NotAllowed
from ithrive.web.accounts.models import Person
from ithrive.web.areas import private_files
from ithrive.web.assessments.actions import interviews as actions
from ithrive.web.assessments.actions import lock_round, sign_off_round
from ithrive.web.assessments.actions.passages import mark_passages, remove_passage
from ithrive.web.assessments.evidence import evidence_for
from ithrive.web.assessments.models import Informant, Interview, Passage, Purpose, Round
from ithrive.web.history.models import Change
from ithrive.web.history.record import verify
from tests.cast import Cast, signed_in
from tests.web.assessments.scenes import again, decided, locked, opened, rates

ALL = frozenset(Covers)
SECRET = "We meet every month at the Heron. Nobody writes it down."
FIRST = "macro_joint_policy"


@pytest.fixture(autouse=True)
def private(settings: Settings, tmp_path: Path) -> Path:
    settings.ITHRIVE_PRIVATE = tmp_path / "private"
    return tmp_path / "private"


@pytest.fixture
def round(cast: Cast) -> Round:
    return opened(cast.alderbrook, cast.ben, cast.eve)


def informant(round: Round, by: Person, covered: frozenset[Covers] = ALL) -> Informant:
    level = round.instrument.content["level"][0]["code"]
    made = actions.add_informant(round=round, sector="education", level=level, view="staff", by=by)
    if covered:
        actions.record_consent(informant=made, given_on=timezone.localdate(), covered=covered, by=by)
    return Informant.objects.get(pk=made.pk)


def noted(round: Round, by: Person, text: str = SECRET) -> Interview:
    return actions.add_notes(informant=informant(round, by), held_on=timezone.localdate(), text=text, by=by)


def marked(interview: Interview, by: Person, begins: int = 0, ends: int = 33, remark: str = "") -> Passage:
    [made] = mark_passages(
        interview=interview, places=[(begins, ends)], statement=FIRST,
        shown=digest_of(interview.text), remark=remark, by=by,
    )  # fmt: skip
    return made


def history() -> str:
    return json.dumps(list(Change.objects.values("summary", "before", "after")))


def refusal(act: object, **words: object) -> str:
    with pytest.raises(NotAllowed) as refused:
        act(**words)  # type: ignore[operator] # an action
    return str(refused.value)


def test_informants_are_numbered_and_a_number_is_never_given_twice(round: Round, cast: Cast) -> None:
    assert [str(informant(round, cast.ada)) for _ in range(2)] == ["Informant 1", "Informant 2"]


def test_a_level_must_be_the_instruments_own(round: Round, cast: Cast) -> None:
    words = {"round": round, "sector": "education", "level": "cosmos", "view": "staff", "by": cast.ada}
    assert "level" in refusal(actions.add_informant, **words)


def test_nothing_is_kept_before_consent_is_recorded(round: Round, cast: Cast) -> None:
    who = informant(round, cast.ada, frozenset())
    words = {"informant": who, "held_on": timezone.localdate(), "by": cast.ada}
    assert "consent" in refusal(actions.add_notes, text=SECRET, **words)
    assert "consent" in refusal(actions.add_transcript, content=b"words", **words)
    assert Interview.objects.count() == 0


def test_a_refused_transcript_leaves_no_file_behind(round: Round, cast: Cast, private: Path) -> None:
    who = informant(round, cast.ada, frozenset({Covers.NOTES}))
    today = timezone.localdate()
    refusal(actions.add_transcript, informant=who, held_on=today, content=b"words", by=cast.ada)
    with pytest.raises(BadInput):
        actions.add_transcript(informant=who, held_on=today, content=b"a\x00", by=cast.ada)
    assert not private.exists() or list(private.iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_an_original_is_kept_under_a_random_name_that_only_the_owner_reads(
    round: Round, cast: Cast, private: Path
) -> None:
    who = informant(round, cast.ada)
    today = timezone.localdate()
    held = actions.add_transcript(informant=who, held_on=today, content=SECRET.encode(), by=cast.ada)
    [file] = private.iterdir()
    assert file.name == held.original
    assert (file.stat().st_mode & 0o777, private.stat().st_mode & 0o777) == (0o600, 0o700)
    assert "sent for this round already" in refusal(
        actions.add_transcript, informant=who, held_on=today, content=SECRET.encode(), by=cast.ada
    )
    assert len(list(private.iterdir())) == 1
    actions.remove_interview(interview=held, reason="Wrong area", by=cast.ada)
    assert list(private.iterdir()) == []


def test_a_file_that_was_altered_is_not_handed_out(private: Path) -> None:
    name = private_files.keep(b"one")
    (private / name).write_bytes(b"two")
    assert "no longer there" in refusal(private_files.fetch, name=name, sha256="0" * 64)
    private_files.remove(name)
    assert "no longer there" in refusal(private_files.fetch, name=name, sha256="0" * 64)


@pytest.mark.parametrize("name", ["../settings.py", "", "A" * 32])
def test_a_private_file_has_no_other_kind_of_name(name: str) -> None:
    with pytest.raises(ValueError, match="random names"):
        private_files.fetch(name, "")


def test_a_passage_is_evidence_without_a_name(round: Round, cast: Cast) -> None:
    marked(noted(round, cast.ada), cast.ada, remark="A clear 2")
    [each] = evidence_for(round, FIRST)
    assert each.words == "We meet every month at the Heron."
    assert (each.said_by, each.view, each.remark) == ("Informant 1, Education, macro", "Staff", "A clear 2")
    assert evidence_for(round, "macro_joint_commissioning") == []


def test_passages_may_overlap_but_not_be_the_same(round: Round, cast: Cast) -> None:
    held = noted(round, cast.ada)
    marked(held, cast.ada)
    marked(held, cast.ada, 3, 20)
    words = {"interview": held, "statement": FIRST, "shown": digest_of(held.text), "by": cast.ada}
    assert "already" in refusal(mark_passages, places=[(0, 33)], **words)
    assert "too long" in refusal(mark_passages, places=[(0, 3)], remark="x" * 301, **words)
    assert "Choose a stretch" in refusal(mark_passages, places=[], **words)
    assert [each.words[:4] for each in evidence_for(round, FIRST)] == ["We m", "meet"]


def test_a_text_that_changed_cannot_shift_a_passage_in_silence(round: Round, cast: Cast) -> None:
    held = noted(round, cast.ada)
    marked(held, cast.ada)
    words = {"interview": held, "text": "X", "shown": digest_of(SECRET), "by": cast.ada}
    assert "1 passage is marked" in refusal(actions.change_notes, **words)
    Interview.objects.filter(pk=held.pk).update(text="X" + SECRET)  # behind the platform's back
    assert evidence_for(round, FIRST) == []
    held.refresh_from_db()
    page = signed_in(cast.ada).get(f"/assessments/rounds/{round.pk}/interviews/{held.pk}/")
    assert b"The text changed since this passage was marked" in page.content
    words = {"interview": held, "places": [(0, 5)], "statement": FIRST, "by": cast.ada}
    assert "text changed" in refusal(mark_passages, shown=digest_of(SECRET), **words)


def test_notes_that_somebody_else_changed_are_not_written_over(round: Round, cast: Cast) -> None:
    held = noted(round, cast.ada)
    first = digest_of(held.text)
    actions.change_notes(interview=held, text="By Ada", shown=first, by=cast.ada)
    words = {"interview": held, "text": "By Ben", "shown": first, "by": cast.ben}
    assert "Somebody changed" in refusal(actions.change_notes, **words)
    assert Interview.objects.get().text == "By Ada"


def test_a_passage_is_removed_and_the_history_keeps_where_it_was(round: Round, cast: Cast) -> None:
    passage = marked(noted(round, cast.ada), cast.ada)
    remove_passage(passage=passage, by=cast.ben)
    line = Change.objects.first()
    assert line is not None
    assert (line.action, line.by, line.before["places"]) == (
        "remove a passage",
        cast.ben.reference,
        [[0, 33]],
    )
    assert "in the meantime" in refusal(remove_passage, passage=passage, by=cast.ben)


def test_withdrawn_consent_takes_everything_away_in_any_state(cast: Cast, private: Path) -> None:
    round = opened(cast.alderbrook, cast.ben, cast.eve)
    held = noted(round, cast.ada)
    marked(held, cast.ada)
    Round.objects.filter(pk=round.pk).update(state="signed off")
    actions.withdraw_consent(informant=held.informant, by=cast.ada)
    assert (Interview.objects.count(), Passage.objects.count()) == (0, 0)
    assert evidence_for(round, FIRST) == []
    assert "withdrawn already" in refusal(actions.withdraw_consent, informant=held.informant, by=cast.ada)
    words = {"given_on": timezone.localdate(), "covered": ALL, "by": cast.ada}
    assert "was withdrawn" in refusal(actions.record_consent, informant=held.informant, **words)


def test_whoever_sees_evidence_is_told_that_consent_was_withdrawn_and_who_recorded_it(cast: Cast) -> None:
    round = opened(cast.alderbrook, cast.ben, cast.col)
    held = noted(round, cast.eve)
    marked(held, cast.eve)
    marked(held, cast.eve, 3, 20)
    rates(round, cast.ben, 3, 2, 3)
    rates(round, cast.col, 4, 2, 3)
    actions.withdraw_consent(informant=held.informant, by=cast.ada)
    told = (
        f"Consent of Informant 1 was withdrawn on {timezone.localdate():%-d %B %Y}. Ada recorded it. "
        "2 passages that were marked as evidence cannot be seen any more. No score has changed by it."
    )
    address = f"/assessments/rounds/{round.pk}/"
    for who in (cast.eve, cast.ben, cast.ada):
        for page in ("", "moderate/"):
            assertContains(signed_in(who).get(address + page), told)
    assertNotContains(signed_in(cast.mia).get(address), "Informant 1")
    line = Change.objects.get(action="withdraw consent")
    assert (line.by, line.before["passages"]) == (cast.ada.reference, 2)


def test_a_withdrawal_that_took_no_evidence_says_so(round: Round, cast: Cast) -> None:
    actions.withdraw_consent(informant=informant(round, cast.eve), by=cast.eve)
    page = signed_in(cast.eve).get(f"/assessments/rounds/{round.pk}/")
    assertContains(page, "Eve recorded it. No passage of theirs was marked as evidence.")


def test_the_evidence_of_a_locked_round_stands(cast: Cast) -> None:
    round = locked(cast.alderbrook, cast.ben, cast.eve, cast.eve)
    words = {"round": round, "sector": "education", "level": "macro", "view": "staff", "by": cast.ada}
    assert "its evidence stands" in refusal(actions.add_informant, **words)


def test_no_word_that_was_said_is_in_the_history(round: Round, cast: Cast) -> None:
    held = noted(round, cast.ada)
    remove_passage(passage=marked(held, cast.ada, remark="telling"), by=cast.ada)
    actions.change_notes(interview=held, text="Other words", shown=digest_of(SECRET), by=cast.ada)
    actions.remove_interview(interview=held, reason="Wrong round", by=cast.ada)
    for word in ("Heron", "Nobody", "Other words", "telling"):
        assert word not in history()
    assert verify() is None


def test_an_interview_that_is_gone_is_said_to_be(round: Round, cast: Cast) -> None:
    held = noted(round, cast.ada)
    Interview.objects.all().delete()
    words = {"interview": held, "reason": "x", "by": cast.ada}
    assert "in the meantime" in refusal(actions.remove_interview, **words)


def test_consent_is_not_dated_after_what_was_said(round: Round, cast: Cast) -> None:
    held = noted(round, cast.ada)
    Interview.objects.update(held_on=timezone.localdate() - timedelta(days=3))
    words = {"informant": held.informant, "given_on": timezone.localdate(), "covered": ALL, "by": cast.ada}
    assert "earlier" in refusal(actions.record_consent, **words)


# Pages


def sent_file(content: bytes, name: str = "interview with Jane Doe.html") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def day(prefix: str) -> dict[str, str]:
    today = timezone.localdate()
    return {f"{prefix}_0": str(today.day), f"{prefix}_1": str(today.month), f"{prefix}_2": str(today.year)}


def test_a_transcript_is_sent_and_its_original_is_only_ever_saved(round: Round, cast: Cast) -> None:
    who = informant(round, cast.ada)
    client, base = signed_in(cast.ada), f"/assessments/rounds/{round.pk}/interviews/"
    words = day("held_on") | {"no_names": "on", "file": sent_file(b"<script>alert(1)</script> We meet.")}
    answer = client.post(f"{base}informants/{who.number}/transcript/", words)
    assert answer.status_code == 302
    held = Interview.objects.get()
    page = client.get(f"{base}{held.pk}/")
    assert b"&lt;script&gt;alert(1)&lt;/script&gt;" in page.content
    original = client.get(f"{base}{held.pk}/original/")
    assert original.content == b"<script>alert(1)</script> We meet."
    assert original["Content-Type"] == "application/octet-stream"
    assert original["X-Content-Type-Options"] == "nosniff"
    assert (
        original["Content-Disposition"]
        == f'attachment; filename="round-{round.pk}-informant-1-{held.pk}.txt"'
    )
    assert "no-store" in original["Cache-Control"]
    assert "Jane" not in history()


def test_a_transcript_that_is_none_is_refused_on_its_own_page(round: Round, cast: Cast) -> None:
    who = informant(round, cast.ada)
    address = f"/assessments/rounds/{round.pk}/interviews/informants/{who.number}/transcript/"
    for content, said in (
        (b"%PDF-1.4", b"This is a PDF file"),
        (b"", b"no text in it"),
        (b"x" * 5_000_001, b"5 MB or smaller"),
    ):
        words = day("held_on") | {"no_names": "on", "file": sent_file(content)}
        answer = signed_in(cast.ada).post(address, words)
        assert (answer.status_code, said in answer.content) == (200, True)


def test_sentences_ticked_and_words_drawn_become_passages(round: Round, cast: Cast) -> None:
    held = noted(round, cast.ada)
    client, address = signed_in(cast.ada), f"/assessments/rounds/{round.pk}/interviews/{held.pk}/"
    shown = digest_of(held.text)
    client.post(address, {"sentence": ["1", "2"], "statement": FIRST, "shown": shown})
    client.post(address, {"drawn": "3-13", "statement": FIRST, "shown": shown})
    assert [each.words for each in evidence_for(round, FIRST)] == [SECRET, "meet every"]
    page = client.get(address)
    assert page.content.count(b"<mark>") == 4
    refused = client.post(address, {"statement": FIRST, "shown": shown, "sentence": "2"} | {"drawn": "9-2"})
    assert b"Choose a stretch of the text first" in refused.content
    assert b'id="sentence-2" checked' in refused.content
    missing = client.post(address, {"sentence": "1", "shown": shown})
    assert b"Choose the statement that this is evidence for" in missing.content


def test_a_long_text_comes_in_pages(round: Round, cast: Cast) -> None:
    held = noted(round, cast.ada, "One line. " * 400)
    address = f"/assessments/rounds/{round.pk}/interviews/{held.pk}/"
    client = signed_in(cast.ada)
    assert b'value="150"' in client.get(address).content
    assert b'value="400"' in client.get(f"{address}?page=99").content
    assert client.get(f"{address}?page=x").status_code == 200


@pytest.mark.parametrize("part", ["", "?level=micro&view=young-people"])
def test_the_guide_is_a_page_and_a_word_document(round: Round, cast: Cast, part: str) -> None:
    address, client = f"/assessments/rounds/{round.pk}/guide/", signed_in(cast.ada)
    if part:
        assert client.get(address + part).status_code == 404  # this small instrument has no micro statements
        part = "?level=macro&view=young-people"
    page, word = client.get(address + part), client.get(f"{address}guide.docx{part}")
    statement = round.instrument.content["statement"][0]
    read = "\n".join(each.text for each in Document(BytesIO(word.content)).paragraphs)
    for text in (statement["question"], statement["anchors"][3]):
        assert text in read
        assert text.replace("'", "&#x27;").encode() in page.content
    assert "not the published tool" in read


def test_raters_read_passages_without_remarks_and_moderators_with_them(round: Round, cast: Cast) -> None:
    marked(noted(round, cast.ada), cast.ada, remark="A clear 2")
    rating = signed_in(cast.ben).get(f"/assessments/rounds/{round.pk}/rate/").content.decode()
    assert "We meet every month at the Heron." in rating
    assert "A clear 2" not in rating
    Round.objects.filter(pk=round.pk).update(state="moderating")
    round.raters.update(submitted_at=timezone.now())
    agreeing = signed_in(cast.eve).get(f"/assessments/rounds/{round.pk}/moderate/?part=all").content.decode()
    address = f"/assessments/rounds/{round.pk}/moderate/"
    parts = [
        signed_in(cast.eve).get(f"{address}?part={each}").content.decode() for each in ("macro", "differ")
    ]
    assert any("A clear 2" in each for each in [agreeing, *parts])


def test_what_an_evaluator_heard_is_read_by_evaluators_alone(round: Round, cast: Cast) -> None:
    held = noted(round, cast.eve)
    passage = marked(held, cast.eve)
    base = f"/assessments/rounds/{round.pk}/"
    paths = [f"interviews/{held.pk}/{part}" for part in ("", "change/", "remove/", "original/")]
    for who in (cast.ada, cast.ben):
        for path in (*paths, f"passages/{passage.pk}/remove/"):
            for answer in (signed_in(who).get(base + path), signed_in(who).post(base + path)):
                assert (answer.status_code == 405) or answer.status_code == 403, path
                assert b"Heron" not in answer.content
        listed = signed_in(who).get(f"{base}interviews/").content
        assert b"1 passage marked. Read by whoever recorded it and by evaluators." in listed
        assert paths[0].encode() not in listed
    assert b"Heron" in signed_in(cast.eve).get(f"{base}{paths[0]}").content
    assert Interview.objects.get().text == SECRET


def test_what_somebody_of_the_area_recorded_is_read_by_them_and_by_evaluators(
    round: Round, cast: Cast
) -> None:
    address = f"/assessments/rounds/{round.pk}/interviews/{noted(round, cast.ben).pk}/"
    read = {name: signed_in(getattr(cast, name)).get(address).status_code for name in ("ben", "eve", "ada")}
    assert read == {"ben": 200, "eve": 200, "ada": 403}
    assertContains(signed_in(cast.ada).get(address), "You cannot see this page</h1>", status_code=403)


def test_a_reflections_interviews_are_the_areas_own(cast: Cast) -> None:
    own = opened(cast.alderbrook, cast.ada, purpose=Purpose.REFLECTION)
    address = f"/assessments/rounds/{own.pk}/interviews/{noted(own, cast.ben).pk}/"
    assert b"Heron" in signed_in(cast.ada).get(address).content


def test_a_lead_who_did_not_rate_sees_passages_once_signed_off_and_never_remarks(cast: Cast) -> None:
    round = opened(cast.alderbrook, cast.ben, cast.col)
    marked(noted(round, cast.eve), cast.eve, remark="A clear 2")
    rates(round, cast.ben, 3, 2, 3)
    rates(round, cast.col, 4, 2, 3)

    def seen(who: Person) -> tuple[bool, bool]:
        address = f"/assessments/rounds/{round.pk}/moderate/?part=macro"
        page = signed_in(who).get(address).content.decode()
        return "the Heron" in page, "A clear 2" in page

    assert [seen(who) for who in (cast.ada, cast.ben, cast.eve)] == [
        (False, False),
        (True, False),
        (True, True),
    ]
    decided(again(round), cast.eve, 3, 2, 3)
    lock_round(round=again(round), by=cast.eve)
    assert seen(cast.ada) == (False, False)
    sign_off_round(round=again(round), by=cast.ada)
    assert seen(cast.ada) == (True, False)


def test_a_reflections_interviews_stay_behind_the_wall(cast: Cast) -> None:
    private_round = opened(cast.alderbrook, cast.ada, purpose=Purpose.REFLECTION)
    held = noted(private_round, cast.ada)
    for person in (cast.eve, cast.pat, cast.col, cast.dan, cast.cam):
        for part in (
            "interviews/",
            f"interviews/{held.pk}/",
            f"interviews/{held.pk}/original/",
            "guide/",
            "pulse/",
            "export.csv",
        ):
            answer = signed_in(person).get(f"/assessments/rounds/{private_round.pk}/{part}")
            assert answer.status_code == 404, (person.name, part)


def test_an_interview_is_reached_through_its_own_round_alone(round: Round, cast: Cast) -> None:
    other = opened(cast.brackenford, cast.cam)
    held = noted(again(round), cast.ada)
    answer = signed_in(cast.cam).get(f"/assessments/rounds/{other.pk}/interviews/{held.pk}/")
    assert answer.status_code == 404
