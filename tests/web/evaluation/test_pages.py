"""Who reads what of a study: evaluators with a second factor, sites their own, others by the protocol."""

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from ithrive.measures import measures
from ithrive.problems import NotAllowed
from ithrive.reports.study import Audience
from ithrive.web.areas.models import LocalArea
from ithrive.web.evaluation import actions
from ithrive.web.evaluation.models import Study, StudyRun
from ithrive.web.evaluation.queries import study_now
from ithrive.web.evaluation.sights import EVALUATORS, PROGRAMME, PUBLIC, why_not_read
from ithrive.web.overview.studies import documents
from ithrive.web.overview.studies.working import look_at
from tests.cast import Cast, signed_in
from tests.web.evaluation.scenes import (
    FOLLOWING,
    NAMES,
    areas,
    frozen,
    looked_at,
    protocol_text,
    released_by_hand,
    worked_out,
    written,
)

pytestmark = pytest.mark.django_db
AT = "/studies/small-study/"
WORK = f"{AT}work/"
# Who is compared; none of these names may be read by anybody but evaluators and the area itself.
COMPARED = ("Alderbrook", "Teasel Down", "Teasel-Down", "Vetchford", "Yarrowmere")


def own(code: str) -> str:
    return f"{AT}areas/thornmere/local-area/{code}/"


def eve(cast: Cast) -> Client:
    return signed_in(cast.eve, second_factor=True)


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_evaluators_prove_a_second_factor(cast: Cast) -> None:
    frozen(cast)
    assert signed_in(cast.eve).get(WORK).headers["Location"].startswith("/account/2fa/")
    page = text(eve(cast), WORK)
    assert "An analysis today would be confirmatory" in page
    assert "Alderbrook" in page


def test_the_monitor_counts_what_came_and_shows_no_outcome(cast: Cast) -> None:
    frozen(cast)
    page = text(eve(cast), WORK)
    assert "47 of 48 expected figures have come" in page
    assert "42.0" not in page


def test_a_look_is_taken_on_its_page_and_once(cast: Cast) -> None:
    frozen(cast)
    client = eve(cast)
    assert client.post(f"{WORK}looks/3/", {}).status_code == 200, "not without saying so"
    assert client.post(f"{WORK}looks/3/", {"sure": "on"}).status_code == 302
    assert "After wave 3" in text(client, WORK)
    again = client.post(f"{WORK}looks/3/", {"sure": "on"})
    assert "taken already" in again.content.decode()
    assert Study.objects.get().looks.count() == 1


def test_the_page_of_a_look_that_was_taken_tells_what_was_seen_and_offers_no_form(cast: Cast) -> None:
    line = looked_at(cast).looks.get()
    page = text(eve(cast), f"{WORK}looks/3/")
    assert "taken already" in page
    for told in (line.says, "Eve", timezone.localtime(line.at).strftime("%-d %B %Y, %H:%M")):
        assert escape(told) in page
    assert 'name="sure"' not in page


def test_a_look_on_a_broken_ledger_is_not_told_as_if_it_could_be_relied_on(cast: Cast) -> None:
    study = looked_at(cast)
    line = study.looks.get()
    study.looks.update(line=line.line.replace('"information": 1', '"information": 2'))
    client = eve(cast)
    assert escape(line.says) not in text(client, f"{WORK}looks/3/")
    assert "was altered" in client.post(f"{WORK}looks/3/", {"sure": "on"}).content.decode()


def test_a_run_goes_from_the_button_to_results_and_files(cast: Cast) -> None:
    looked_at(cast)
    client = eve(cast)
    to = client.post(f"{WORK}run/", {"sure": "on"}).headers["Location"]
    assert "Work it out" in text(client, to)
    assert client.post(to).status_code == 302
    assert "Their report is not written yet" in text(client, to)
    assert client.post(to).status_code == 302
    page = text(client, to)
    assert "These results are confirmatory" in page
    assert "Alderbrook" in page
    for ending, begins in (("json", b'{"alpha"'), ("pdf", b"%PDF"), ("docx", b"PK"), ("html", b"<!doctype")):
        assert client.get(f"{to}results.{ending}").content.startswith(begins)
    assert client.get(f"{to}results.exe").status_code == 404


def test_a_run_that_waits_can_be_stopped(cast: Cast) -> None:
    looked_at(cast)
    client = eve(cast)
    to = client.post(f"{WORK}run/", {"sure": "on"}).headers["Location"]
    client.post(f"{to}stop/", {"sure": "on"})
    client.post(to)
    assert "nothing is kept" in text(client, to)


def test_the_public_reads_of_a_study_only_once_results_are_released(cast: Cast) -> None:
    run = worked_out(cast)
    public = signed_in(None)
    text(public, AT, 404)
    text(public, f"{AT}report.pdf", 404)
    assert "Small study" not in text(public, "/studies/")
    released_by_hand(cast, run)
    page = text(public, AT)
    assert "Small study" in text(public, "/studies/")
    assert "Median days" in page or measures()["H2"].headline.title in page
    both = page + text(public, f"{AT}report.html")
    assert [name for name in COMPARED if name in both] == []
    assert public.get(f"{AT}report.pdf").content.startswith(b"%PDF")
    assert public.get(f"{WORK}runs/1/results.json").status_code == 302, "numbers of sites are not public"


def test_a_report_that_would_name_a_comparison_site_is_not_released(cast: Cast) -> None:
    run = worked_out(cast)
    assert documents.why_not_public(run) is None
    # A name that the results themselves do not know as one.
    LocalArea.objects.filter(name="Teasel Down").update(name="Greater Umber")
    named = run.results.replace("Do people wait less?", "Do people wait less than in Greater Umber?")
    StudyRun.objects.update(results=named, digest="0" * 64)
    run.refresh_from_db()
    assert "name a comparison site" in str(documents.why_not_public(run))


def test_the_programme_reads_what_was_found_only_at_the_end_and_never_who_was_compared(cast: Cast) -> None:
    study = frozen(cast)
    pat = signed_in(cast.pat)
    assert "not compared before the study ends" in text(pat, AT)
    text(pat, WORK, 403)
    look_at(study, FOLLOWING, by=cast.eve)
    assert "not worked out yet" in text(pat, AT)
    run_of(study, cast)
    page = text(pat, AT)
    assert "not public yet" in page
    assert [name for name in COMPARED if name in page] == []


def run_of(study: Study, cast: Cast) -> StudyRun:
    from ithrive.web.overview.studies.working import work_here

    run = actions.ask_for_run(study=study, by=cast.eve)
    work_here(run, by=cast.eve)
    run.refresh_from_db()
    return run


def test_a_comparison_site_reads_its_own_figures_and_nobody_elses(cast: Cast) -> None:
    frozen(cast)
    ada = signed_in(cast.ada)
    page = text(ada, own("T001"))
    assert "6 of 6 expected figures have come" in page
    assert "not compared before the study ends" in page
    assert [name for name in (*NAMES, "accelerator", "comparison site") if name in page] == []
    assert "your own figures in Small study" in text(ada, "/studies/")


def test_with_results_a_comparison_site_reads_its_own_report_and_what_was_found(cast: Cast) -> None:
    worked_out(cast)
    ada = signed_in(cast.ada)
    page = text(ada, own("T001"))
    assert "What the study found" in page
    assert [name for name in NAMES if name in page] == []
    assert ada.get(f"{own('T001')}report.pdf").content.startswith(b"%PDF")
    assert [name for name in COMPARED if name in text(ada, AT)] == []


@pytest.mark.parametrize("who", ["cam", "col", "pat"])
def test_nobody_else_learns_that_an_area_is_compared(cast: Cast, who: str) -> None:
    """Cam is of another area, Col coaches Alderbrook, Pat may see every area's returns."""
    worked_out(cast)
    client = signed_in(getattr(cast, who))
    text(client, own("T001"), 404)
    text(client, f"{own('T001')}report.pdf", 404)
    assert "Alderbrook" not in text(client, "/studies/")


def test_an_area_that_is_no_site_and_one_that_is_compared_answer_alike(cast: Cast) -> None:
    frozen(cast)
    pat = signed_in(cast.pat)
    told = [text(pat, own(code), 404).split("<main")[1] for code in ("T001", "T002")]
    assert told[0].replace("T001", "T002") == told[1]


def test_the_programme_may_read_an_accelerators_report(cast: Cast) -> None:
    frozen(cast)
    assert "Sallowby" in text(signed_in(cast.pat), own("S001"))


def test_words_of_the_protocol_decide_who_reads_when(cast: Cast) -> None:
    study = frozen(cast)
    now = study_now(study)
    for reader in (EVALUATORS, PROGRAMME, PUBLIC):
        assert why_not_read(now.protocol, (), reader, released=False)
        assert why_not_read(now.protocol, (), reader, released=True) is None
    silent = now.protocol.model_copy(update={"seen": ()})
    assert "does not show" in str(why_not_read(silent, (), PROGRAMME, released=False))


def test_a_wrong_protocol_is_told_on_the_form(cast: Cast) -> None:
    written(cast)
    client = eve(cast)
    wrong = protocol_text(areas(cast)).replace('better = "lower"', 'better = "shorter"')
    answer = client.post(f"{WORK}protocol/", {"text": wrong}).content.decode()
    assert "shorter" in answer
    assert "Choose from" in answer
    assert Study.objects.get().protocols.count() == 1


def test_a_broken_ledger_is_told_and_nothing_goes_on(cast: Cast) -> None:
    study = looked_at(cast)
    line = study.looks.get()
    study.looks.update(line=line.line.replace('"information": 1', '"information": 2'))
    page = text(eve(cast), WORK)
    assert "was altered" in page
    assert "Run the study" not in page


def test_a_report_is_written_once_and_apart_and_every_evaluator_may_ask_for_it(cast: Cast) -> None:
    run = worked_out(cast)
    assert not documents.is_there(run, Audience.EVALUATORS)
    here = documents.report(run, Audience.EVALUATORS, "body")
    (documents._folder() / documents._name(run, Audience.EVALUATORS, "body")).unlink()
    assert eve(cast).post(f"{WORK}runs/1/").status_code == 302
    assert documents.is_there(run, Audience.EVALUATORS)
    assert documents.report(run, Audience.EVALUATORS, "body") == here, "a process apart gives the same bytes"
    assert 'href="#outcome-wait"' in text(eve(cast), f"{WORK}runs/1/")
    assert signed_in(cast.pat).post(f"{WORK}runs/1/").status_code == 403


def test_a_report_that_cannot_be_kept_is_said_and_not_asked_for_again_and_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = worked_out(cast)
    monkeypatch.setattr(documents, "_keep", lambda name, content: None)
    with pytest.raises(NotAllowed, match="could not be kept"):
        documents.make_every_form(run, Audience.PUBLIC)


@pytest.mark.parametrize(("who", "shown"), [("ada", True), ("eve", True), ("col", False), ("pat", False)])
def test_the_home_of_a_comparison_site_leads_to_its_report_only_those_who_may_know_of_it(
    cast: Cast, who: str, shown: bool
) -> None:
    frozen(cast)
    page = text(signed_in(getattr(cast, who), second_factor=True), "/home/thornmere/local-area/T001/")
    assert (own("T001") in page) is shown
    assert ("Small study" in page) is shown


def test_the_home_of_an_accelerator_leads_the_programme_to_its_report_and_that_of_no_site_nobody(
    cast: Cast,
) -> None:
    frozen(cast)
    assert own("S001") in text(signed_in(cast.pat), "/home/thornmere/local-area/S001/")
    assert "/studies/small-study" not in text(eve(cast), "/home/thornmere/local-area/T002/")
