"""What a study's report says, and to whom: every number with its source, and to the public no single site."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from ithrive.evaluation.answers import Interval, NotComputable
from ithrive.evaluation.dose import Reliability, TwoStage
from ithrive.evaluation.missing import Outlying
from ithrive.evaluation.numbers import number
from ithrive.evaluation.study import LookShown, OtherEstimate, StudyResults
from ithrive.problems import BadInput
from ithrive.reports.as_html import html_page
from ithrive.reports.as_pdf import pdf
from ithrive.reports.as_word import word
from ithrive.reports.document import Block, Document, Drawn, Grid, Heading, Paragraph, Points, Warned
from ithrive.reports.pictures.effect_scale import effect_scale
from ithrive.reports.pictures.of_an_effect import _in_order
from ithrive.reports.study import Audience, site_report, study_report
from ithrive.reports.study.audience import WITHHELD, names_a_site, without_sites
from ithrive.reports.study.plain_words import Certainty, certainty, plain_sentence
from tests.reports import reading, studies

APPROVED = Path(__file__).parent / "approved" / "first_pages.txt"


@cache
def report(audience: Audience) -> Document:
    return study_report(studies.results(), audience)


@cache
def public_forms() -> dict[str, str]:
    told = report(Audience.PUBLIC)
    return {
        "page": html_page(told),
        "pdf": reading.pdf_words(pdf(told)),
        "word": reading.word_words(word(told)),
    }


def words(block: Block) -> list[str]:
    match block:
        case Heading() | Paragraph() | Warned():
            return [block.text]
        case Points(items):
            return list(items)
        case Grid():
            return [" | ".join(row) for row in ((block.caption,), block.headings, *block.rows)]
        case Drawn(picture):
            return [picture.title, picture.sentence, *(" | ".join(row) for row in picture.rows)]
        case _:
            return []


def text(document: Document) -> str:
    return "\n".join(line for block in document.blocks for line in words(block))


def test_the_first_pages_read_as_they_were_approved():
    """Read `approved/first_pages.txt` before you change it: it is what people see first."""
    blocks = report(Audience.PUBLIC).blocks
    end = next(at for at, each in enumerate(blocks) if isinstance(each, Heading) and each.id == "standing")
    said = "\n".join(line for block in blocks[:end] for line in words(block)) + "\n"
    assert said == APPROVED.read_text(encoding="utf-8")


def test_the_public_reads_no_name_of_a_site_area_or_pair():
    for form, told in public_forms().items():
        for site in studies.NAMES:
            assert site not in told.lower(), (form, site)
            assert studies.area(site) not in told, (form, site)
        assert not re.search(r"\bp[1-6]\b", told), form


def test_the_public_reads_no_figure_of_a_single_site():
    results = studies.results()
    means = {number(each.mean) for outcome in results.outcomes for each in outcome.means}
    points = [point for outcome in results.outcomes for series in outcome.series for point in series.points]
    figures = {number(each.figure) for each in points if each.figure is not None} - means
    figures = {each for each in figures if each[-1] not in "05"}  # an axis may bear those
    assert len(figures) > 100
    for form, told in public_forms().items():
        assert [each for each in figures if each in told] == [], form
    everything = text(report(Audience.EVALUATORS))
    assert sum(each in everything for each in figures) > 60  # so the figures are written as they are sought


def test_a_mean_of_fewer_than_five_sites_is_hidden_from_the_public():
    results = studies.results()
    few = [
        number(each.mean)
        for outcome in results.outcomes
        for each in outcome.means
        if each.mean is not None and each.sites < 5
    ]
    assert len(few) == 2  # the comparison arm at the last wave, of both outcomes
    for told in public_forms().values():
        assert not any(each in told for each in few)
    assert "hidden (fewer than 5)" in text(report(Audience.PUBLIC))
    assert all(each in text(report(Audience.EVALUATORS)) for each in few)


def test_the_public_is_told_which_disclosure_rule_holds():
    assert "The study's disclosure rule is “Programme default”: Counts of 1 to 4 are hidden" in text(
        report(Audience.PUBLIC)
    )
    with pytest.raises(BadInput, match="No rule 'unheard-of'"):
        study_report(replace(studies.results(), disclosure="unheard-of"), Audience.PUBLIC)
    older = replace(studies.results(), at="2020-01-01T00:00:00+00:00")
    assert "“Programme default”" in text(study_report(older, Audience.PUBLIC))


def test_a_sentence_that_names_a_site_is_held_back_whoever_wrote_it():
    results = studies.results()
    naming = names_a_site(results)
    for said in (
        "Alderbrook was late.",
        "Of E99000003 nothing came.",
        "Pair p2 is empty.",
        "pairs p1 and p3",
    ):
        assert without_sites(Paragraph(said), naming) == Paragraph(WITHHELD)
    kept = Paragraph("One pair is empty; alderbrooks are trees.")
    assert without_sites(kept, naming) == kept
    noted = replace(results, notes=("Dunwick merged.", "A second note."))
    assert "A second note." in text(study_report(noted, Audience.PUBLIC))
    assert "Dunwick" not in text(study_report(noted, Audience.PUBLIC))
    assert "Dunwick merged." in text(study_report(noted, Audience.EVALUATORS))


def test_tables_and_pictures_that_name_a_site_are_held_back_too():
    naming = names_a_site(studies.results())
    grid = Grid("Of caldmere", ("Site", "n"), (("dunwick", "1"), ("others", "2")))
    assert without_sites(grid, naming) == Grid(WITHHELD, ("Site", "n"), ((WITHHELD, "1"), ("others", "2")))
    single = [
        each for each in report(Audience.EVALUATORS).blocks if isinstance(each, Drawn) and not each.table
    ]
    assert without_sites(single[0], naming) == Paragraph(WITHHELD)


def test_every_source_that_is_named_is_explained():
    for audience in Audience:
        told = text(report(audience)) + "\n".join(
            each.source for each in report(audience).blocks if isinstance(each, Grid | Drawn)
        )
        named = set(re.findall(r"\b(?:wait|caseload|study)/(?!events/)[\w/-]+", told))
        grids = [each for each in report(audience).blocks if isinstance(each, Grid)]
        explained = {row[0] for each in grids if each.caption.startswith("Sources") for row in each.rows}
        assert len(named) > 20
        assert named <= explained


def test_every_table_and_picture_of_an_outcome_names_its_source():
    blocks = report(Audience.EVALUATORS).blocks
    start = next(
        at for at, each in enumerate(blocks) if isinstance(each, Heading) and each.id == "outcome-wait"
    )
    end = next(at for at, each in enumerate(blocks) if isinstance(each, Heading) and each.id == "methods")
    told = [each for each in blocks[start:end] if isinstance(each, Grid | Drawn)]
    assert len(told) > 20
    assert all(each.source or (isinstance(each, Grid) and each.headings[-1] == "Source") for each in told)


def test_outcomes_are_called_by_their_titles():
    grids = [each for each in report(Audience.EVALUATORS).blocks if isinstance(each, Grid)]
    by_outcome = next(each for each in grids if each.caption == "By outcome")
    assert "Median days to the first contact" in {row[0] for row in by_outcome.rows}
    assert not {"wait", "caseload"} & {cell for each in grids for row in each.rows for cell in row}


def test_intervals_are_called_by_the_level_of_the_protocol():
    told = text(report(Audience.EVALUATORS))
    assert "90% interval" in told
    assert "95%" not in told.replace("Good is 95% and more", "")


def test_numbers_have_a_true_minus():
    for audience in Audience:
        assert not re.search(r"(?:^|[\s(])-\d", text(report(audience)))
    assert "−" in text(report(Audience.PUBLIC))


def test_effects_on_logarithms_are_told_in_percent():
    outcome = studies.results().outcome("caseload")
    assert outcome.effect.percent
    grids = [each for each in report(Audience.EVALUATORS).blocks if isinstance(each, Grid)]
    glance = next(each for each in grids if each.caption == "What was found of each outcome")
    row = next(row for row in glance.rows if row[0] == outcome.title)
    assert row[2] == f"{number(outcome.effect.percent.value)} percent"


def test_what_is_of_nobody_is_not_shown_to_anybody():
    """Evaluators read quotations only where the disclosure rule lets them."""
    told = text(report(Audience.EVALUATORS))
    assert "We meet every week now." in told
    assert "It is hard here." not in told
    assert "We meet every week now." not in text(report(Audience.PUBLIC))


def test_an_exploratory_analysis_says_so_first_and_is_no_more_than_a_hint():
    results = studies.results(frozen=False)
    assert certainty(results, results.outcome("wait")) is Certainty.HINT
    sentence = plain_sentence(results, results.outcome("wait"))
    assert sentence.startswith(
        "Exploratory. Median days to the first contact: a hint of an improvement. Where THRIVE"
    )
    assert isinstance(study_report(results).blocks[1], Warned)


def with_p(p: float | NotComputable, *, found: bool = False) -> StudyResults:
    results = studies.results()
    outcome = results.outcome("wait")
    changed = replace(outcome, effect=replace(outcome.effect, family_p=p))
    families = tuple(
        replace(each, found=("wait",) if found else ()) if "wait" in each.outcomes else each
        for each in results.families
    )
    return replace(results, outcomes=(changed, *results.outcomes[1:]), families=families)


@pytest.mark.parametrize(
    ("p", "found", "word"),
    [
        (0.02, True, Certainty.STRONG),  # a fifth of 0.1
        (0.021, True, Certainty.GOOD),
        (0.11, False, Certainty.UNCLEAR),
        (NotComputable("Too few."), False, Certainty.UNKNOWN),
    ],
    ids=["strong", "good", "unclear", "unknown"],
)
def test_words_of_certainty_follow_p_in_the_family(p: float | NotComputable, found: bool, word: Certainty):
    results = with_p(p, found=found)
    assert certainty(results, results.outcome("wait")) is word


def test_after_looks_signs_are_good_at_most_and_only_where_a_boundary_was_crossed():
    looked = replace(with_p(0.001, found=True), looks=("a look",))  # type: ignore[arg-type]  # only whether
    assert certainty(looked, looked.outcome("wait")) is Certainty.GOOD
    none = replace(with_p(0.001), looks=("a look",))  # type: ignore[arg-type]  # there are any
    assert certainty(none, none.outcome("wait")) is Certainty.UNCLEAR


def test_no_clear_sign_is_never_told_as_no_difference():
    results = with_p(0.4)
    said = plain_sentence(results, results.outcome("wait"))
    assert "no clear sign of a difference. There may be one" in said
    unclear = studies.results().outcome("caseload")
    assert "would fit anything between" in plain_sentence(studies.results(), unclear)


def test_an_outcome_without_an_effect_says_that_it_cannot_be_told():
    results = studies.results()
    outcome = replace(
        results.outcome("wait"),
        effect=replace(results.outcome("wait").effect, estimate=NotComputable("No figures.")),
    )
    changed = replace(results, outcomes=(outcome, *results.outcomes[1:]))
    assert plain_sentence(changed, outcome).endswith("we cannot tell, because there were not enough figures.")
    assert "No figures." in text(study_report(changed, Audience.PUBLIC))


def test_a_site_reads_itself_alone_and_never_an_effect():
    told = site_report(studies.results(), "brackenford")
    said = text(told)
    assert number(studies.wait("brackenford", 2)) in said
    others = [each for each in studies.NAMES if each != "brackenford"]
    assert not any(each in said for each in others)
    assert "effect" not in said.lower()
    assert told.marks == ("A fictional study",)
    gaps = text(site_report(studies.results(), "lowmere"))
    assert "lowmere sent 6 of 7 figures. A cross marks a quarter without one." in gaps
    assert "not submitted" in gaps
    with pytest.raises(KeyError):
        site_report(studies.results(), "nowhere")


def since_start(audience: Audience) -> Drawn:
    blocks = study_report(studies.apart(), audience).blocks
    return next(
        each for each in blocks if isinstance(each, Drawn) and "since the start" in each.picture.title
    )


def test_sites_that_began_apart_have_an_event_study_counted_from_their_own_starts():
    rows = {row[0]: row[1:] for row in since_start(Audience.EVALUATORS).picture.rows}
    found = studies.apart().outcome("wait").staggered.found
    told = {each.label.replace("-", "−"): number(each.estimate) for each in found.by_time}
    assert {since: effect for since, (_, effect, *_) in rows.items()} == told
    assert rows["+0"][0] == "6"
    assert rows["+3"][0] == "5", "the late one has no fourth quarter since its start"
    assert rows["−4"][0] == "1", "and alone a fourth one before it"
    assert rows["+0"][2] != "not computable"
    assert since_start(Audience.EVALUATORS).source == "wait/staggered"


def test_a_quarter_since_the_start_of_fewer_than_five_sites_is_not_the_publics():
    rows = {row[0] for row in since_start(Audience.PUBLIC).picture.rows}
    assert "−4" not in rows
    assert {"−3", "+0", "+3"} <= rows


def test_a_number_after_the_word_pair_is_no_pair():
    results = studies.results()
    numbered = tuple(replace(each, pair=(each.pair or "").removeprefix("p")) for each in results.flow.sites)
    naming = names_a_site(replace(results, flow=replace(results.flow, sites=numbered)))
    for said in ("One site of a pair 2.24 times as likely.", "In pair 20."):
        assert not naming.search(said)
    for said in ("In pair 2.", "In pair 2, too.", "Pair 2"):
        assert naming.search(said)


def test_a_site_is_named_however_its_words_are_joined():
    results = studies.results()
    first, *others = results.flow.sites
    naming = names_a_site(
        replace(results, flow=replace(results.flow, sites=(replace(first, site="St-Anne-s-Hill"), *others)))
    )
    for said in ("St Anne's Hill was late.", "St-Anne-s-Hill", "St Anne’s Hill"):
        assert naming.search(said)
    assert not naming.search("St Anne's was late.")


def test_odd_figures_are_told_in_their_own_unit_where_logarithms_are_judged():
    results = studies.results()
    outcome = results.outcome("caseload")
    point = outcome.series[0].points[3]
    odd = Outlying("caseload", outcome.series[0].site, point.quarter, 9.9, 4.2)
    changed = tuple(
        replace(each, outlying=(odd,)) if each.id == "caseload" else each for each in results.outcomes
    )
    told = text(study_report(replace(results, outcomes=changed)))
    assert f"{odd.site}, {odd.wave}: {number(point.figure)} {outcome.unit} stands out" in told


def test_pairs_stand_in_the_order_of_their_numbers():
    assert sorted(["10", "2", "p10", "p9", "1"], key=_in_order) == ["1", "2", "10", "p9", "p10"]


def test_moments_and_days_are_told_as_people_write_them():
    told = text(report(Audience.EVALUATORS))
    assert "1 August 2026" in told
    assert not re.search(r"\d{4}-\d{2}-\d{2}", told)


def test_an_effect_without_an_interval_says_why_beside_it():
    (first, *rest) = studies.apart().outcomes
    why = NotComputable("Nobody could tell.")
    unjudged = OtherEstimate("wait/other", "Another way, whole", 3.0, None, why, why, ())
    results = replace(studies.apart(), outcomes=(replace(first, others=(*first.others, unjudged)), *rest))
    for audience in Audience:
        assert "Another way. No interval: Nobody could tell." in text(study_report(results, audience))


def test_a_slope_by_permutation_has_its_own_interval_or_says_why_not():
    told = text(report(Audience.PUBLIC))
    (first, *rest) = studies.results().outcomes
    (dose, *_) = first.doses
    assert isinstance(dose.headline, TwoStage)
    assert isinstance(dose.headline.interval, Interval)
    assert effect_scale(first).between(dose.headline.interval) in told
    why = NotComputable("Nobody could tell.")
    without = replace(first, doses=(replace(dose, headline=replace(dose.headline, interval=why)),))
    told = text(study_report(replace(studies.results(), outcomes=(without, *rest)), Audience.PUBLIC))
    assert "Accelerator sites, by permutation. No interval: Nobody could tell." in told


def test_how_reliable_scores_are_is_told_with_what_that_rests_on():
    for audience in Audience:
        told = text(report(audience))
        assert (
            "Reliability of the agreed scores, from 0 to 1: 0.800. It was told from 27 rounds and 54 r"
            in told
        )
        assert "Nobody said how many ratings of statements." in told
    found = studies.results().outcome("wait").doses[0].reliability
    assert found == Reliability(0.8, rounds=27, raters=54)


def test_what_a_new_site_may_expect_is_bounded_at_a_stated_level_and_for_volunteers_alone():
    told = text(report(Audience.PUBLIC))
    said = "Those are the ends of a 90% prediction interval for one more site that volunteers as these did."
    assert told.count("At a new site like these") == told.count(said) == 2  # the protocol's alpha is 0.1


def test_readers_learn_that_p_and_the_interval_are_of_two_methods():
    for audience in Audience:
        assert "The intervals are those of the model (CR2)" in text(report(audience))


def test_the_public_reads_no_arm_against_arm_before_the_end_or_a_crossing():
    whole = studies.results()
    early = replace(whole, quality=replace(whole.quality, by_quarter=whole.quality.by_quarter[:-1]))
    with pytest.raises(BadInput, match="It would compare the arms before the study ends"):
        study_report(early, Audience.PUBLIC)
    assert study_report(early, Audience.EVALUATORS).blocks
    assert site_report(early, studies.NAMES[0]).blocks, "a site's own figures can be sent at any time"
    look = LookShown(2, "2027-01-01T00:00:00+00:00", "Ada", 0.5, 0.01, 2.5, ("wait",))
    assert study_report(replace(early, looks=(look,)), Audience.PUBLIC).blocks
