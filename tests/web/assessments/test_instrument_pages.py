"""Instruments on the website: read by those with a role, taken once, and never changed."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ithrive.framework.instrument import Instrument
from ithrive.framework.instruments import demonstration_instrument, read_instrument, to_toml, to_xlsx
from ithrive.problems import NotAllowed
from ithrive.web.assessments.actions.instruments import import_instrument
from ithrive.web.assessments.models import InstrumentVersion
from ithrive.web.history.models import Change
from tests.cast import Cast, signed_in

pytestmark = pytest.mark.django_db

OURS = demonstration_instrument()
SENDING = "/assessments/instruments/import/"
PAGE = "/assessments/instruments/demonstration/1/"


def reworded(version: str = "2") -> Instrument:
    first, *others = OURS.statement
    changed = first.model_copy(update={"text": "One policy was made by all agencies.", "weight": 2.0})
    return OURS.model_copy(update={"version": version, "statement": (changed, *others)})


def sent(client: Client, instrument: Instrument | bytes, name: str = "instrument.toml"):
    content = to_toml(instrument).encode() if isinstance(instrument, Instrument) else instrument
    return client.post(SENDING, {"file": SimpleUploadedFile(name, content)})


def words(response) -> str:
    return response.content.decode()


def test_a_new_version_is_kept_with_one_line_of_history(cast: Cast) -> None:
    imported = import_instrument(instrument=OURS, source="ours.toml", by=cast.pat)
    assert imported.new
    assert Instrument.model_validate(imported.version.content) == OURS
    line = Change.objects.get()
    assert (line.action, line.subject) == ("import instrument", "instrument demonstration 1")


def test_the_same_again_changes_nothing_and_says_so(cast: Cast) -> None:
    first = import_instrument(instrument=OURS, source="ours.toml", by=cast.pat)
    again = import_instrument(instrument=OURS, source="ours.toml", by=cast.eve)
    assert (again.new, again.version.pk) == (False, first.version.pk)
    assert Change.objects.count() == 1


def test_other_content_under_a_version_that_is_here_is_refused_and_the_first_stays(cast: Cast) -> None:
    import_instrument(instrument=OURS, source="ours.toml", by=cast.pat)
    with pytest.raises(NotAllowed, match=r"Version 1 of “demonstration” is here already, with other content"):
        import_instrument(instrument=reworded("1"), source="other.toml", by=cast.pat)
    assert Instrument.model_validate(InstrumentVersion.objects.get().content) == OURS
    assert Change.objects.count() == 1


def test_a_file_is_read_shown_and_only_then_taken(cast: Cast) -> None:
    client = signed_in(cast.pat)
    shown = sent(client, OURS)
    assert not InstrumentVersion.objects.exists()
    page = words(client.get(shown.url))
    assert "24 statements: 8 macro, 8 meso, 8 micro. 8 of them rest on a measure." in page
    assert "One policy" not in page
    taken = client.post(shown.url)
    assert (taken.status_code, taken.url) == (302, PAGE)
    assert "The instrument is imported" in words(client.get(PAGE))
    assert client.get(shown.url).url == SENDING, "what was taken is kept no longer"


def test_a_changed_version_shows_what_changed_before_it_is_taken(cast: Cast) -> None:
    import_instrument(instrument=OURS, source="ours.toml", by=cast.pat)
    client = signed_in(cast.eve)
    page = words(client.get(sent(client, reworded()).url))
    assert "What changed since version 1" in page
    assert "Statement macro_joint_policy weighs 2 instead of 1." in page


def test_a_new_number_alone_is_told_as_such(cast: Cast) -> None:
    import_instrument(instrument=OURS, source="ours.toml", by=cast.pat)
    client = signed_in(cast.eve)
    same = OURS.model_copy(update={"version": "1.1"})
    assert "Nothing but the version’s number." in words(client.get(sent(client, same).url))


def test_changed_content_under_an_old_number_cannot_be_taken_on_the_page_either(cast: Cast) -> None:
    import_instrument(instrument=OURS, source="ours.toml", by=cast.pat)
    client = signed_in(cast.pat)
    shown = sent(client, reworded("1"))
    for response in (client.get(shown.url), client.post(shown.url)):
        assert response.status_code == 409
        assert "This instrument cannot be taken" in words(response)
        assert "Import this version" not in words(response)
    assert InstrumentVersion.objects.count() == 1


def test_what_is_here_already_has_no_button_and_changes_nothing_when_sent_all_the_same(cast: Cast) -> None:
    import_instrument(instrument=OURS, source="ours.toml", by=cast.pat)
    client = signed_in(cast.pat)
    shown = sent(client, OURS)
    assert "Taking it would change nothing" in words(client.get(shown.url))
    client.post(shown.url)
    assert "Nothing changed" in words(client.get(PAGE))
    assert Change.objects.count() == 1


def test_every_fault_of_a_file_is_named_and_nothing_is_kept(cast: Cast) -> None:
    broken = (
        to_toml(OURS).replace("weight = 1.0", "weight = -1.0", 1).replace('level = "meso"', 'level = ""', 1)
    )
    page = words(sent(signed_in(cast.pat), broken.encode(), "mine.toml"))
    assert "The instrument was not taken: nothing changed" in page
    assert "mine.toml, statement 1 (macro_joint_policy), weight:" in page
    assert "mine.toml, statement 9 (meso_common_language), level:" in page


def test_of_very_many_faults_the_first_are_named_and_the_others_counted(cast: Cast) -> None:
    broken = to_toml(OURS).replace("weight = 1.0", "weight = -1.0")
    page = words(sent(signed_in(cast.pat), broken.encode()))
    assert "There are 4 more." in page


def test_no_file_and_too_big_a_file_are_refused_in_a_sentence(cast: Cast) -> None:
    client = signed_in(cast.pat)
    assert "Choose the file of the instrument" in words(client.post(SENDING, {}))
    assert "The file must be 5 MB or smaller" in words(sent(client, b"x" * 5_000_001))


def test_a_workbook_bomb_or_a_renamed_picture_is_refused_in_a_sentence(cast: Cast) -> None:
    page = words(sent(signed_in(cast.pat), b"\x89PNG not a workbook", "tool.xlsx"))
    assert "tool.xlsx:</strong> This is not an Excel workbook" in page


def test_another_persons_file_cannot_be_seen_or_taken(cast: Cast) -> None:
    shown = sent(signed_in(cast.pat), OURS)
    eve = signed_in(cast.eve)
    assert eve.get(shown.url).url == SENDING
    assert eve.post(shown.url).url == SENDING
    assert not InstrumentVersion.objects.exists()


def test_a_fresh_site_offers_the_demonstration_once(cast: Cast) -> None:
    client = signed_in(cast.pat)
    offer = "Add the demonstration instrument"
    assert offer in words(client.get("/assessments/instruments/"))
    assert offer not in words(signed_in(cast.ada).get("/assessments/instruments/"))
    client.post("/assessments/instruments/import/demonstration/")
    assert offer not in words(client.get("/assessments/instruments/"))


def test_a_demonstration_says_so_on_every_page_and_a_real_instrument_does_not(cast: Cast) -> None:
    import_instrument(instrument=OURS, source="ours.toml", by=cast.pat)
    import_instrument(instrument=reworded(), source="ours.toml", by=cast.pat)
    real = OURS.model_copy(update={"code": "tool", "title": "The real tool", "demonstration": False})
    import_instrument(instrument=real, source="real.toml", by=cast.pat)
    client, notice = signed_in(cast.ada), "It is not the published assessment tool."
    for address in (PAGE, "/assessments/instruments/demonstration/2/since/1/"):
        assert notice in words(client.get(address))
    real_page = words(client.get("/assessments/instruments/tool/1/"))
    assert notice not in real_page
    assert "Thornmere, its areas, people and figures are invented" in real_page, "the site still says so"
    assert "Demonstration" in words(client.get("/assessments/instruments/"))


def test_the_difference_between_two_versions_is_told_in_sentences(cast: Cast) -> None:
    import_instrument(instrument=OURS, source="ours.toml", by=cast.pat)
    import_instrument(instrument=reworded(), source="ours.toml", by=cast.pat)
    client = signed_in(cast.mia)
    page = words(client.get("/assessments/instruments/demonstration/2/since/1/"))
    assert "and is “One policy was made by all agencies.”" in page
    assert 'href="/assessments/instruments/demonstration/2/since/1/"' in words(
        client.get("/assessments/instruments/demonstration/2/")
    )
    same = OURS.model_copy(update={"version": "3"})
    import_instrument(instrument=same, source="ours.toml", by=cast.pat)
    page = words(client.get("/assessments/instruments/demonstration/3/since/1/"))
    assert "Nothing but the version’s number." in page


@pytest.mark.parametrize("ending", ["toml", "csv", "xlsx"])
def test_what_is_downloaded_can_be_sent_again(cast: Cast, ending: str) -> None:
    import_instrument(instrument=OURS, source="ours.toml", by=cast.pat)
    answer = signed_in(cast.mia).get(f"{PAGE}instrument.{ending}")
    assert answer["Content-Disposition"] == f'attachment; filename="demonstration-1.{ending}"'
    assert answer["Cache-Control"] == "private, no-store"
    assert read_instrument(answer.content, f"sent.{ending}") == OURS


def test_the_example_is_ours_as_a_workbook(cast: Cast) -> None:
    answer = signed_in(cast.pat).get("/assessments/instruments/import/example.xlsx")
    assert read_instrument(BytesIO(answer.content).read(), "example.xlsx") == OURS


@pytest.mark.parametrize(
    "address",
    ["demonstration/9/", "nothing/1/", "demonstration/1/since/9/", "demonstration/1/instrument.pdf"],
)
def test_what_does_not_exist_is_not_found(cast: Cast, address: str) -> None:
    import_instrument(instrument=OURS, source="ours.toml", by=cast.pat)
    assert signed_in(cast.pat).get(f"/assessments/instruments/{address}").status_code == 404


def test_a_workbook_is_taken_like_any_other_file(cast: Cast) -> None:
    client = signed_in(cast.eve)
    client.post(sent(client, to_xlsx(OURS), "filled in.xlsx").url)
    assert Instrument.model_validate(InstrumentVersion.objects.get().content) == OURS


def test_markup_in_an_instrument_is_shown_and_not_run(cast: Cast) -> None:
    first, *others = OURS.statement
    evil = first.model_copy(update={"text": "<script>alert(1)</script>"})
    import_instrument(
        instrument=OURS.model_copy(update={"statement": (evil, *others)}), source="x.toml", by=cast.pat
    )
    page = words(signed_in(cast.mia).get(PAGE))
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_the_list_asks_as_many_questions_for_twenty_versions_as_for_one(cast: Cast) -> None:
    client = signed_in(cast.pat)
    client.get("/")  # what only the first request of a session asks

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/assessments/instruments/")
        return len(asked)

    import_instrument(instrument=OURS, source="ours.toml", by=cast.pat)
    with_one = questions()
    for number in range(2, 22):
        another = OURS.model_copy(update={"version": str(number)})
        import_instrument(instrument=another, source="ours.toml", by=cast.pat)
    assert questions() == with_one
