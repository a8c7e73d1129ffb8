"""Exports hold what their reader may see and no more; past rounds come in whole, once, and say so."""

import csv
from datetime import date
from io import StringIO
from pathlib import Path

import duckdb
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ithrive.areas.membership import MemberRole
from ithrive.assessments.export import HEADINGS
from ithrive.web.accounts.models import Person
from ithrive.web.areas.models import Membership
from ithrive.web.assessments.models import Agreed, PastRating, Round
from ithrive.web.history.models import Change
from ithrive.web.rights import Role
from tests.cast import Cast, signed_in
from tests.cast import person as new_person
from tests.web.assessments.scenes import moderating, opened, rates, reflected, signed, version

BASE = "/assessments/past-rounds/thornmere/import/"
FIRST, SECOND, THIRD = "macro_joint_policy", "macro_joint_commissioning", "macro_quality_contracts"
HEAD = f"code,due,rater,{FIRST},{SECOND}\n"
LIST = (
    HEAD + "T001,2016-03-31,A,1,2\nT001,2016-03-31,B,1,3\nT001,2016-03-31,agreed,1,2\nT002,2016-03-31,,4,\n"
)


def rows(person: Person, address: str = "/assessments/export/rounds.csv") -> list[dict[str, str]]:
    answer = signed_in(person).get(address)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return list(csv.DictReader(StringIO(answer.content.decode())))


def sources(person: Person, address: str = "/assessments/export/rounds.csv") -> set[str]:
    return {each["source"] for each in rows(person, address)}


def test_blind_ratings_are_in_nobodys_export(cast: Cast) -> None:
    round = opened(cast.alderbrook, cast.ben, cast.eve)
    rates(round, cast.ben, 3, 2, 3)
    for person in (cast.ben, cast.eve, cast.ada):
        assert rows(person) == []


def test_ratings_are_for_those_who_rate_moderate_or_sign_and_agreed_scores_for_all(cast: Cast) -> None:
    round = moderating(cast.alderbrook, cast.ben, cast.eve)
    address = f"/assessments/rounds/{round.pk}/export.csv"
    assert sources(cast.ben, address) == sources(cast.ada, address) == sources(cast.eve, address) == {"rater"}
    assert sources(cast.pat, address) == sources(cast.mia, address) == set()


def test_raters_are_told_apart_without_a_name_and_their_evidence_stays(cast: Cast) -> None:
    round = signed(cast.alderbrook, cast.ben, cast.eve, cast.eve, cast.ada)
    answer = signed_in(cast.eve).get(f"/assessments/rounds/{round.pk}/export.csv").content.decode()
    assert "Rater 1" in answer
    assert "Ben" not in answer
    assert "saw it" not in answer
    assert sources(cast.pat) == {"agreed"}


def test_a_private_reflection_is_in_its_own_areas_export_alone(cast: Cast) -> None:
    reflected(cast.alderbrook, cast.ada)
    assert sources(cast.mia) == {"agreed"}
    assert [rows(person) for person in (cast.eve, cast.pat, cast.col, cast.cam)] == [[], [], [], []]


def test_a_comparison_sites_round_is_left_out_for_those_who_may_not_know(cast: Cast) -> None:
    Membership.objects.create(area=cast.brackenford, role=MemberRole.COMPARISON, starts=date(2020, 1, 1))
    another = new_person("Eva", role=Role.EVALUATOR)
    signed(cast.brackenford, cast.eve, cast.cam, cast.eve, another, study="s")
    assert rows(cast.pat) == []
    assert rows(cast.eve) != []


def test_workbook_parquet_and_redcap_hold_the_same_scores(cast: Cast, tmp_path: Path) -> None:
    round = signed(cast.alderbrook, cast.ben, cast.eve, cast.eve, cast.ada)
    client = signed_in(cast.eve)
    wanted = rows(cast.eve)
    parquet = tmp_path / "rounds.parquet"
    parquet.write_bytes(client.get("/assessments/export/rounds.parquet").content)
    read = duckdb.sql(f"SELECT * FROM '{parquet}'")  # noqa: S608 # a folder of the test's own
    assert tuple(read.columns) == HEADINGS
    found = read.fetchall()
    assert [("" if each is None else str(each)) for row in found for each in row] == [
        value for row in wanted for value in row.values()
    ]
    [kept] = duckdb.sql(f"SELECT value FROM parquet_kv_metadata('{parquet}')").fetchall()  # noqa: S608 # the same
    assert b"THRIVE-like from 3" in kept[0]
    assert client.get("/assessments/export/rounds.xlsx").content.startswith(b"PK")
    code, number = round.instrument.code, round.instrument.version
    [record] = rows(cast.eve, f"/assessments/export/redcap/{code}/{number}.csv")
    assert record["record_id"] == "T001"
    assert (record[FIRST], record[SECOND], record[THIRD]) == ("3", "3", "3")
    assert client.get(f"/assessments/export/redcap/{code}/99.csv").status_code == 404
    assert client.get("/assessments/export/rounds.exe").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_rounds(cast: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            rows(cast.eve)
        return len(queries)

    signed(cast.alderbrook, cast.ben, cast.eve, cast.eve, cast.ada, due=date(2024, 3, 31))
    rows(cast.eve)
    one = asked()
    for year in (2020, 2021, 2022):
        signed(cast.alderbrook, cast.ben, cast.eve, cast.eve, cast.ada, due=date(year, 3, 31))
    assert asked() == one


def test_the_data_dictionary_is_a_file_of_its_own(cast: Cast) -> None:
    assert {each["column"] for each in rows(cast.mia, "/assessments/export/data-dictionary.csv")} == set(
        HEADINGS
    )


# Bringing in


def send(person: Person, text: str, name: str = "past.csv") -> str:
    """What came of sending a list: the address of its preview, or the page with the mistakes."""
    words = {"instrument": version().pk, "file": SimpleUploadedFile(name, text.encode())}
    answer = signed_in(person, second_factor=True).post(BASE, words)
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def take(person: Person, address: str, digest: str = "") -> int:
    client = signed_in(person, second_factor=True)
    page = client.get(address).content.decode()
    shown = digest or page.split('name="shown" value="')[1].split('"')[0]
    return client.post(address, {"shown": shown}).status_code


def test_past_rounds_are_shown_then_taken_and_marked_as_imported(cast: Cast) -> None:
    address = send(cast.eve, LIST)
    assert Round.objects.count() == 0
    assert take(cast.eve, address) == 302
    here, there = Round.objects.order_by("area__code")
    assert (here.imported_from, here.state, here.signed_off_by, here.single_rater_exception) == (
        "past.csv", "signed off", cast.eve, "",
    )  # fmt: skip
    assert "how many people rated" in there.single_rater_exception
    assert list(here.agreed.order_by("pk").values_list("statement", "score", "low", "high", "scored_by")) == [
        (FIRST, 1, 1, 1, 2), (SECOND, 2, 2, 3, 2),
    ]  # fmt: skip
    assert PastRating.objects.filter(round=here).count() == 4
    lines = Change.objects.filter(action="import a past round")
    assert {each.area for each in lines} == {cast.alderbrook.pk, cast.brackenford.pk}
    exported = [each for each in rows(cast.eve) if each["area_code"] == "T001"]
    assert {(each["rater"], each["imported"]) for each in exported} == {
        ("Rater 1", "yes"),
        ("Rater 2", "yes"),
        ("", "yes"),
    }


def test_the_same_list_twice_changes_nothing(cast: Cast) -> None:
    take(cast.eve, send(cast.eve, LIST))
    before = Change.objects.count()
    page = signed_in(cast.eve, second_factor=True).get(send(cast.eve, LIST)).content.decode()
    assert "Nothing would change" in page
    assert (Change.objects.count(), Agreed.objects.count()) == (before, 3)


def test_what_redcap_was_given_can_be_brought_in_again_and_changes_nothing(cast: Cast) -> None:
    take(cast.eve, send(cast.eve, HEAD + "T001,2016-03-31,,4,cannot rate: -nobody knew\n"))
    redcap = f"/assessments/export/redcap/{version().code}/{version().version}.csv"
    text = signed_in(cast.eve).get(redcap).content.decode()
    address = send(cast.eve, text, "redcap.csv")
    client = signed_in(cast.eve, second_factor=True)
    assert "Nothing would change" in client.get(address).content.decode()
    Round.objects.all().delete()
    assert take(cast.eve, send(cast.eve, text, "redcap.csv")) == 302
    assert list(Agreed.objects.order_by("statement").values_list("statement", "score", "reason")) == [
        (SECOND, None, "-nobody knew"), (FIRST, 4, ""),
    ]  # fmt: skip


def test_a_corrected_list_takes_the_place_of_scores_that_stay_readable(cast: Cast) -> None:
    take(cast.eve, send(cast.eve, LIST))
    address = send(cast.eve, LIST.replace("agreed,1,2", "agreed,1,3"))
    assert "1 score would change" in signed_in(cast.eve, second_factor=True).get(address).content.decode()
    assert take(cast.eve, address) == 302
    scores = Agreed.objects.filter(statement=SECOND).order_by("pk")
    assert [(each.score, each.superseded_at is None) for each in scores] == [(2, False), (3, True)]
    assert Round.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            HEAD + "T001,2016-03-31,A,5,2\n",
            "Row 2, column macro_joint_policy:</strong> 5 is not on the scale",
        ),
        (HEAD + "T001,2016-03-31,A,1,2\nXX,2016-03-31,A,1,2\n", "Row 3, column code"),
    ],
)
def test_a_list_with_one_mistake_changes_nothing(cast: Cast, text: str, said: str) -> None:
    assert said in send(cast.eve, text)
    assert Round.objects.count() == 0


def test_areas_days_headings_and_scores_that_are_wrong_are_told_in_one_try(cast: Cast) -> None:
    text = (
        f"code,due,rater,{FIRST},typo\n"
        "T001,2016-03-31,A,5,\nXX,2016-03-31,A,1,\nYY,soon,A,1,\nT001,2099-01-01,A,1,\n"
    )
    page = send(cast.eve, text)
    for place in (
        "Column typo", f"Row 2, column {FIRST}", "Row 3, column code", "Row 4, column code",
        "Row 4, column due", "Row 5, column due",
    ):  # fmt: skip
        assert f"{place}:</strong>" in page, place
    assert Round.objects.count() == 0


def test_a_round_held_here_is_not_written_over(cast: Cast) -> None:
    round = signed(cast.alderbrook, cast.ben, cast.eve, cast.eve, cast.ada, due=date(2024, 3, 31))
    assert "kept here already" in send(cast.eve, HEAD + f"T001,{round.due_on},A,1,2\n")


def test_another_version_does_not_take_an_imported_rounds_place(cast: Cast) -> None:
    take(cast.eve, send(cast.eve, LIST))
    from tests.web.assessments.scenes import INSTRUMENT

    words = {"instrument": version(INSTRUMENT).pk, "file": SimpleUploadedFile("p.csv", LIST.encode())}
    answer = signed_in(cast.eve, second_factor=True).post(BASE, words)
    assert "Choose that version for this list" in answer.content.decode()


def test_a_lead_brings_in_rounds_of_their_own_area_alone(cast: Cast) -> None:
    assert "Row 5, column code" in send(cast.ada, LIST)
    address = send(cast.ada, HEAD + "T001,2016-03-31,A,1,2\n")
    assert take(cast.ada, address) == 302
    assert Round.objects.get().single_rater_exception == "Imported with the scores of one rater."


def test_what_changed_since_it_was_shown_is_shown_again(cast: Cast) -> None:
    address = send(cast.eve, LIST)
    assert take(cast.eve, address, digest="stale") == 409
    assert Round.objects.count() == 0


def test_a_list_is_its_senders_alone_and_not_kept_for_ever(cast: Cast) -> None:
    address = send(cast.eve, LIST)
    assert signed_in(cast.ada, second_factor=True).get(address)["Location"] == BASE


def test_a_list_that_became_wrong_is_refused_when_taken(cast: Cast) -> None:
    address = send(cast.eve, HEAD + "T001,2016-03-31,A,1,2\n")
    Round.objects.create(
        area=cast.alderbrook, instrument=version(), due_on=date(2016, 3, 31), window_opens=date(2016, 3, 31),
        window_closes=date(2016, 3, 31), state="missed",
    )  # fmt: skip
    assert take(cast.eve, address, digest="any") == 409


def test_templates_fit_their_version(cast: Cast) -> None:
    client = signed_in(cast.eve, second_factor=True)
    answer = client.get(f"{BASE}{version().pk}/template.csv").content.decode()
    assert answer.splitlines()[0] == f"code,kind,due,study,rater,{FIRST},{SECOND},{THIRD}"
    assert client.get(f"{BASE}999/template.csv").status_code == 404


def test_those_who_may_not_sign_off_bring_nothing_in(cast: Cast) -> None:
    for person in (cast.pat, cast.mia, cast.ben, cast.col):
        assert signed_in(person, second_factor=True).get(BASE).status_code == 403
    assert signed_in(cast.ada).get(BASE)["Location"].startswith("/account/2fa/")


def test_the_first_page_leads_to_every_file_and_list_that_its_reader_may_have(cast: Cast) -> None:
    code = version().code

    def offered(who: str) -> list[str]:
        page = signed_in(getattr(cast, who)).get("/assessments/").content.decode()
        known = {
            "files": 'href="/assessments/export/rounds.csv"',
            "redcap": f'href="/assessments/export/redcap/{code}/',
            "past rounds": 'href="/assessments/past-rounds/thornmere/import/"',
            "study": 'href="/assessments/studies/thornmere/schedule/"',
            "instruments": 'href="/assessments/instruments/"',
        }
        return [name for name, link in known.items() if link in page]

    for_all = ["files", "redcap", "instruments"]
    assert offered("mia") == offered("col") == offered("pat") == for_all
    assert offered("ada") == ["files", "redcap", "past rounds", "instruments"]
    assert offered("eve") == ["files", "redcap", "past rounds", "study", "instruments"]
