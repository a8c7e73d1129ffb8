"""The pulse: links that are all alike, answers that nothing ties to anyone, results that pick nobody out."""

import json
import re
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from ithrive.assessments.relationships import questionnaire
from ithrive.problems import BadInput, NotAllowed
from ithrive.web.assessments.actions.pulse import (
    answer_pulse,
    close_pulse,
    make_links,
    open_pulse,
)
from ithrive.web.assessments.models import Pulse, PulseAnswer, PulseLink, Round
from ithrive.web.history.models import Change
from tests.cast import Cast, assemble, signed_in
from tests.web.assessments.scenes import locked, opened
from tests.web.at_once import at_once, database_for_threads

__all__ = ["database_for_threads"]  # a fixture
CODES = [each.code for each in questionnaire().question]
ALIKE = dict.fromkeys(CODES, 4)


@pytest.fixture
def round(cast: Cast) -> Round:
    return opened(cast.alderbrook, cast.ben, cast.eve)


@pytest.fixture
def pulse(round: Round, cast: Cast) -> Pulse:
    return open_pulse(round=round, by=cast.ada)


def links(pulse: Pulse, cast: Cast, number: int) -> list[str]:
    return make_links(pulse=pulse, number=number, by=cast.ada)


def answered(pulse: Pulse, cast: Cast, **by_sector: int) -> None:
    sectors = [sector.replace("_", "-") for sector, number in by_sector.items() for _ in range(number)]
    for token, sector in zip(links(pulse, cast, len(sectors)), sectors, strict=True):
        answer_pulse(token=token, sector=sector, scores=ALIKE)


def test_a_link_is_spent_with_the_answer_and_cannot_be_used_again(pulse: Pulse, cast: Cast) -> None:
    one, two = links(pulse, cast, 2)
    answer_pulse(token=one, sector="education", scores=ALIKE)
    with pytest.raises(NotAllowed, match="used already"):
        answer_pulse(token=one, sector="education", scores=ALIKE)
    assert (PulseAnswer.objects.count(), PulseLink.objects.count()) == (1, 1)
    answer_pulse(token=two, sector="voluntary", scores=ALIKE)
    assert PulseAnswer.objects.count() == 2


def test_an_answer_that_does_not_fit_spends_no_link(pulse: Pulse, cast: Cast) -> None:
    [token] = links(pulse, cast, 1)
    for sector, scores in (("magic", ALIKE), ("education", {**ALIKE, CODES[0]: 6}), ("education", {})):
        with pytest.raises(BadInput):
            answer_pulse(token=token, sector=sector, scores=scores)
    assert (PulseAnswer.objects.count(), PulseLink.objects.count()) == (0, 1)


def test_an_answer_holds_a_random_key_a_sector_and_scores_and_nothing_else() -> None:
    assert {field.name for field in PulseAnswer._meta.fields} == {"id", "pulse", "sector", "scores"}
    assert {field.name for field in PulseLink._meta.fields} == {"id", "pulse", "token_digest"}


def everything() -> dict[str, Any]:
    """Every table of the database with every row, the counters of SQLite's own among them."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        found = {}
        for name in names:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608 # its own tables
            found[name] = json.dumps(cursor.fetchall(), default=str)
    return found


def test_nothing_in_the_database_ties_an_answer_to_its_link_or_tells_its_time(
    pulse: Pulse, cast: Cast
) -> None:
    tokens = links(pulse, cast, 3)
    before = everything()
    link = PulseLink.objects.get(token_digest__in=_digests(tokens[:1]))
    answer_pulse(token=tokens[0], sector="voluntary", scores=ALIKE)
    after = everything()
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"assessments_pulselink", "assessments_pulseanswer"}
    assert link.token_digest not in "".join(after.values())
    assert tokens[0] not in "".join(after.values())
    answer = PulseAnswer.objects.get()
    assert str(answer.pk.version) == "4"
    assert not re.search(r"\d{4}-\d{2}-\d{2}|\d{2}:\d{2}", json.dumps(answer.scores))


def _digests(tokens: list[str]) -> list[str]:
    from ithrive.web.assessments.actions.pulse import digest_of_token

    return [digest_of_token(each) for each in tokens]


def test_answering_leaves_no_line_of_history_and_other_lines_name_no_sector(pulse: Pulse, cast: Cast) -> None:
    answered(pulse, cast, voluntary=5)
    close_pulse(pulse=pulse, by=cast.ada)
    lines = list(
        Change.objects.filter(action__contains="pulse").values("action", "summary", "before", "after")
    )
    assert [each["action"] for each in lines] == ["close a pulse", "make pulse links", "open a pulse"]
    assert "voluntary" not in json.dumps(lines)


def physical_order(sql_order: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT sector FROM assessments_pulseanswer ORDER BY {sql_order}")  # noqa: S608 # ours
        return [row[0] for row in cursor.fetchall()]


def test_rows_do_not_lie_in_the_order_in_which_people_answered(pulse: Pulse, cast: Cast) -> None:
    """Twenty answers of one sector, then twenty of another: kept as they came, they would lie so too."""
    answered(pulse, cast, education=20, voluntary=20)
    came = ["education"] * 20 + ["voluntary"] * 20
    where = "rowid" if connection.vendor == "sqlite" else "ctid"
    # By chance alone both halves would stay apart once in 10^11 times.
    assert physical_order(where) != came
    assert [each.sector for each in PulseAnswer.objects.order_by("pk")] != came


def test_keys_and_places_are_new_with_every_answer(pulse: Pulse, cast: Cast) -> None:
    answered(pulse, cast, education=3)
    before = set(PulseAnswer.objects.values_list("pk", flat=True))
    answered(pulse, cast, voluntary=1)
    assert not before & set(PulseAnswer.objects.values_list("pk", flat=True))
    assert PulseAnswer.objects.count() == 4


def test_links_lie_in_no_order_in_which_they_were_handed_out(pulse: Pulse, cast: Cast) -> None:
    tokens = links(pulse, cast, 30)
    kept = list(PulseLink.objects.order_by("pk").values_list("token_digest", flat=True))
    assert kept == sorted(_digests(tokens))


def test_a_closed_pulse_takes_no_answer_and_keeps_no_link(pulse: Pulse, cast: Cast) -> None:
    [token] = links(pulse, cast, 1)
    close_pulse(pulse=pulse, by=cast.ada)
    with pytest.raises(NotAllowed):
        answer_pulse(token=token, sector="education", scores=ALIKE)
    with pytest.raises(NotAllowed, match="closed"):
        make_links(pulse=pulse, number=1, by=cast.ada)
    with pytest.raises(NotAllowed, match="closed already"):
        close_pulse(pulse=pulse, by=cast.ada)
    assert PulseLink.objects.count() == 0


@pytest.mark.usefixtures("database_for_threads")
def test_two_people_with_one_link_at_once_give_one_answer() -> None:
    def one_link() -> str:
        cast = assemble()
        round = opened(cast.alderbrook, cast.ben, cast.eve)
        return links(open_pulse(round=round, by=cast.ada), cast, 1)[0]

    [token] = at_once(one_link)
    answer = partial(answer_pulse, token=str(token), sector="education", scores=ALIKE)
    results = at_once(answer, threads=2)
    assert sorted(str(type(each).__name__) for each in results) == ["NoneType", "NotAllowed"]
    assert at_once(PulseAnswer.objects.count) == [1]


# Pages


def shown(cast: Cast, round: Round) -> str:
    page = signed_in(cast.pat).get(f"/assessments/rounds/{round.pk}/pulse/").content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_nothing_is_shown_before_a_pulse_is_closed_not_even_how_many_answered(
    pulse: Pulse, round: Round, cast: Cast
) -> None:
    before = shown(cast, round)
    answered(pulse, cast, education=6)
    assert shown(cast, round).replace("6 links", "0 links") == before


@pytest.mark.parametrize(("number", "is_shown"), [(4, False), (5, True)])
def test_nothing_is_shown_below_five(
    pulse: Pulse, round: Round, cast: Cast, number: int, is_shown: bool
) -> None:
    answered(pulse, cast, education=number)
    close_pulse(pulse=pulse, by=cast.ada)
    page = shown(cast, round)
    assert ("people answered. Mean" in page) == is_shown
    assert ("Fewer than 5 people answered" in page) != is_shown
    assert is_shown or "Education" not in page


def test_a_hidden_sector_cannot_be_found_by_subtraction(pulse: Pulse, round: Round, cast: Cast) -> None:
    answered(pulse, cast, education=6, voluntary=7, local_authority=2)
    close_pulse(pulse=pulse, by=cast.ada)
    rows = re.findall(r'<th[^>]*scope="row"[^>]*>(.*?)</tr>', shown(cast, round), re.S)
    told = {re.sub(r"<[^>]+>", " ", each).split()[0]: each for each in rows}
    assert "7" in told["Voluntary"]
    assert "6" not in re.sub(r"<[^>]+>", " ", told["Education"])
    assert "not shown" in told["Local"]


def handed_out(cast: Cast, round: Round, kind: str) -> Any:
    words = {"number": "3", "kind": kind}
    return signed_in(cast.ada).post(f"/assessments/rounds/{round.pk}/pulse/links/", words)


@pytest.mark.parametrize("kind", ["sheet", "csv"])
def test_links_are_shown_once_and_kept_by_no_cache(pulse: Pulse, round: Round, cast: Cast, kind: str) -> None:
    answer = handed_out(cast, round, kind)
    tokens = re.findall(r"http://testserver/pulse/([\w-]+)/", answer.content.decode())
    assert len(set(tokens)) == 3
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert all(each not in "".join(everything().values()) for each in tokens)


def test_anyone_with_a_link_answers_once_without_signing_in(pulse: Pulse, round: Round, cast: Cast) -> None:
    [token] = links(pulse, cast, 1)
    client, address = Client(), f"/pulse/{token}/"
    page = client.get(address)
    assert (page.status_code, page["Referrer-Policy"], page["X-Robots-Tag"]) == (
        200,
        "same-origin",
        "noindex",
    )
    missing = client.post(address, {"sector": "education"})
    assert b"Choose an answer to" in missing.content
    words = {"sector": "education", **dict.fromkeys(CODES, "4"), CODES[0]: "-"}
    assert client.post(address, words)["Location"] == "/pulse/thank-you/"
    assert PulseAnswer.objects.get().scores == {**ALIKE, CODES[0]: None}
    assert (client.get(address).status_code, client.post(address, words).status_code) == (410, 410)
    assert "sessionid" not in client.cookies
    assert client.get("/pulse/thank-you/").status_code == 200


def test_a_link_that_was_spent_meanwhile_says_so(
    pulse: Pulse, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    [token] = links(pulse, cast, 1)
    standing = Pulse.objects.select_related("round__area__country").get()
    PulseLink.objects.all().delete()
    monkeypatch.setattr("ithrive.web.assessments.actions.pulse.open_pulse_of", lambda _: standing)
    words = {"sector": "education", **dict.fromkeys(CODES, "4")}
    answer = Client().post(f"/pulse/{token}/", words)
    assert answer.status_code == 410
    assert PulseAnswer.objects.count() == 0


def test_a_pulse_is_opened_and_closed_on_its_page(round: Round, cast: Cast) -> None:
    client, base = signed_in(cast.ada), f"/assessments/rounds/{round.pk}/pulse/"
    assert client.get(f"{base}links/").status_code == 404
    assert b"No pulse was opened" in client.get(base).content
    client.post(f"{base}open/")
    again = client.post(f"{base}open/", follow=True)
    assert b"has its pulse already" in again.content
    client.post(f"{base}close/")
    assert Pulse.objects.get().closed_at
    assert b"closed already" in client.post(f"{base}close/").content
    assert b"This pulse is closed" in client.post(f"{base}links/", {"number": "4", "kind": "csv"}).content


def test_the_button_is_not_offered_where_a_pulse_can_no_longer_be_opened(cast: Cast) -> None:
    rated = opened(cast.alderbrook, cast.ben, cast.col)
    closed = locked(cast.alderbrook, cast.ben, cast.col, cast.eve, study="s-1")
    for each, offered in ((rated, True), (closed, False)):
        page = signed_in(cast.eve).get(f"/assessments/rounds/{each.pk}/pulse/").content.decode()
        assert ("Open a pulse" in page) is offered
        assert ("a pulse can no longer be opened" in page) is not offered
