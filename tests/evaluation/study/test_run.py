"""One run: what was planted is found, each number has its source, and the same study gives the same bytes."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest

from ithrive.evaluation import Inference, NotComputable
from ithrive.evaluation.counts import CountEffect
from ithrive.evaluation.protocol import Standing, freeze, read_protocol, standing
from ithrive.evaluation.replication import Synthesis
from ithrive.evaluation.study import (
    OutcomeResult,
    StudyData,
    StudyResults,
    read_results,
    read_study,
    run_study,
    tables,
    take_look,
)
from ithrive.problems import BadInput
from tests.evaluation.study import planted, small

AT = datetime(2029, 7, 1, tzinfo=UTC)
FROZEN = Standing(True, "Frozen for a test.")


@cache
def results() -> StudyResults:
    return run_study(planted.protocol(), FROZEN, planted.data(), at=AT)


@cache
def of_small() -> StudyResults:
    plan = small.protocol()
    return run_study(plan, FROZEN, read_study(small.files(), plan), at=AT)


def test_whoever_waits_hears_of_every_outcome():
    heard: list[tuple[str, int, int]] = []
    plan = small.protocol()
    found = run_study(
        plan, FROZEN, read_study(small.files(), plan), at=AT, progress=lambda *each: heard.append(each)
    )
    many = len(found.outcomes)
    assert heard == [("Working out outcomes", done, many) for done in range(many + 1)]


def test_planted_effects_are_found_and_nothing_else_is():
    found, truth = results(), planted.study()
    for outcome, measure, figure, per in (("wait", "H2", "median-days", 1), ("plans", "D1", "agreed", 100)):
        effect = found.outcome(outcome).effect
        assert isinstance(effect.cr2, Inference)
        assert effect.cr2.standard_error is not None
        assert effect.estimate == pytest.approx(
            per * truth.true_effect(measure, figure), abs=2.5 * effect.cr2.standard_error
        )
    primary, secondary = found.families
    assert primary.found == ("plans", "wait")
    assert secondary.found == ()


def test_the_planted_dose_slope_is_found_where_it_was_planted():
    dosed, undosed = (results().outcome(name).doses[0] for name in ("plans", "wait"))
    assert not isinstance(dosed.headline, NotComputable)
    assert not isinstance(undosed.headline, NotComputable)
    assert dosed.headline.slope == pytest.approx(8, abs=2)  # percentage points a point of the agreed score
    assert dosed.headline.p < 0.01
    assert undosed.headline.p > 0.05
    assert len(dosed.without) == dosed.headline.sites == 10
    assert not isinstance(dosed.model, NotComputable)
    assert not isinstance(dosed.corrected, NotComputable)
    assert dosed.corrected.slope == pytest.approx(dosed.model.slope / 0.8, rel=1e-4)


def test_the_planted_moderator_is_found_where_it_was_planted():
    moderated, not_moderated = (results().outcome(name).moderators[0].found for name in ("wait", "plans"))
    assert not isinstance(moderated, NotComputable)
    assert not isinstance(not_moderated, NotComputable)
    assert moderated.slope == pytest.approx(-0.15, abs=3 * moderated.standard_error)
    assert moderated.p < 0.01
    assert not_moderated.p > 0.05


def test_a_balanced_study_is_the_difference_of_mean_changes():
    """The plain twin: each site's mean after less its mean before, accelerators' mean less the others'."""
    changes: dict[str, list[float]] = {"a": [], "c": []}
    for site in small.SITES:
        figures = [float(str(small.wait(site, wave))) for wave in small.WAVES]
        changes[site[0]].append(sum(figures[3:]) / 4 - sum(figures[:3]) / 3)
    by_hand = sum(changes["a"]) / 4 - sum(changes["c"]) / 4
    effect = of_small().outcome("wait").effect
    assert effect.estimate == pytest.approx(by_hand, rel=1e-8)
    assert effect.changes == pytest.approx(by_hand, rel=1e-8)


def test_an_event_study_is_given_where_all_began_together():
    events = of_small().outcome("wait").events
    assert not isinstance(events, NotComputable)
    assert events.reference == 0
    assert [each.wave for each in events.waves] == [-2, -1, 1, 2, 3, 4]
    apart = results().outcome("wait").events
    assert isinstance(apart, NotComputable)
    assert apart.reason.startswith("Sites began at different waves")


def test_means_of_arms_are_those_of_the_figures_that_came():
    made = planted.study()
    people = {site.code: site.people for site in made.sites}
    count = sum(
        1e5
        * sum(float(cell.number or 0) for key, cell in (row[3] or {}).items() if key.measure == "R1")
        / people[site.code]
        for site, row in zip(made.sites, made.cells, strict=True)
        if site.starts is not None
    )
    mean = next(
        each for each in results().outcome("crisis").means if (each.wave, each.arm) == (-5, "accelerator")
    )
    assert mean.mean == pytest.approx(count / 10, rel=1e-8)
    assert mean.sites == 10


def blocks(value: Any, source: str = "") -> Iterator[tuple[str, float]]:
    """Every float with the source of its nearest block."""
    if isinstance(value, dict):
        here = value.get("source", source)
        for each in value.values():
            yield from blocks(each, here if isinstance(here, str) else source)
    elif isinstance(value, list):
        for each in value:
            yield from blocks(each, source)
    elif isinstance(value, float):
        yield source, value


def test_every_number_is_bound_to_a_source_that_is_told():
    plain = json.loads(results().to_json())
    known = {each["id"] for each in plain["sources"]}
    named = {source for outcome in plain["outcomes"] for source, _ in blocks({**outcome, "outlying": []})}
    named |= {
        source
        for part in ("flow", "quality", "families", "implementation")
        for source, _ in blocks(plain[part])
    }
    assert named
    assert named <= known


def test_results_read_back_are_the_results():
    assert read_results(results().to_json()) == results()
    with pytest.raises(BadInput, match="These are no results of a study"):
        read_results("{}")


def test_the_order_of_rows_changes_no_byte():
    rows = sorted(small.figures(), key=str, reverse=True)
    plan = small.protocol()
    assert (
        run_study(plan, FROZEN, read_study(small.files(rows), plan), at=AT).to_json() == of_small().to_json()
    )


def test_files_in_any_order_give_what_the_figures_of_returns_give():
    files = planted.files()
    heading, *rows = files["figures.csv"].decode().splitlines()
    rows.sort(key=lambda row: row[::-1])
    turned = {**files, "figures.csv": "\r\n".join([heading, *rows]).encode()}
    plan = planted.protocol()
    found = run_study(plan, FROZEN, read_study(turned, plan), at=AT)
    assert [replace(each, source="") for each in found.families] == [
        replace(each, source="") for each in results().families
    ]
    assert found.outcomes == results().outcomes


def test_other_names_of_sites_change_no_number():
    """Sites called the other way round, so that every order by name is turned."""
    codes = [code for code, *_ in planted.sites()]
    called = {code: f"Z{99 - at}" for at, code in enumerate(codes)}
    text = planted.protocol_text(
        (called[code], arm, str(90 - int(pair)), starts) for code, arm, pair, starts in planted.sites()
    )
    plan = read_protocol(text.encode())
    given = planted.data()
    renamed = replace(
        given,
        figures={
            name: {(called[site], quarter): each for (site, quarter), each in figures.items()}
            for name, figures in given.figures.items()
        },
        assessed=replace(
            given.assessed,
            overall={
                (called[site], quarter): each for (site, quarter), each in given.assessed.overall.items()
            },
        ),
        moderators={(called[site], name): each for (site, name), each in given.moderators.items()},
    )
    found = run_study(plan, FROZEN, renamed, at=AT)
    for name in ("wait", "plans", "crisis"):
        one, other = results().outcome(name), found.outcome(name)
        assert other.effect == one.effect
        assert other.events == one.events
        assert (other.others, other.staggered, other.counts) == (one.others, one.staggered, one.counts)
        assert (other.drift, other.variants) == (one.drift, one.variants)
        assert _foretold(other) == _foretold(one)
        assert [each.found for each in other.moderators] == [each.found for each in one.moderators]
        for mine, theirs in zip(one.doses, other.doses, strict=True):
            assert (theirs.headline, theirs.model, theirs.shape) == (mine.headline, mine.model, mine.shape)
            assert {each.site: each.slope for each in theirs.without} == {
                called[each.site]: each.slope for each in mine.without
            }
    assert [each.p for each in found.families] == [each.p for each in results().families]


def _foretold(outcome: OutcomeResult) -> tuple[object, ...]:
    """What replication says of pairs, without their names."""
    found = outcome.replication.found
    assert isinstance(found, Synthesis)
    whole = (found.mean, found.standard_error, found.tau2, found.interval, found.prediction)
    return (*whole, sorted(zip(found.effects, found.errors, strict=True)), outcome.replication.sentence)


def test_an_outcome_outside_the_family_changes_nothing_within_it():
    second = small.WAIT.replace('"wait"', '"again"').replace('"primary"', '"secondary"')
    plan = small.protocol(small.WAIT + second)
    rows = [*small.figures(), *small.figures(lambda site, wave: len(site) + wave**2, outcome="again")]
    found = run_study(plan, FROZEN, read_study(small.files(rows), plan), at=AT)
    assert found.families[0].p == of_small().families[0].p
    assert found.outcome("wait") == of_small().outcome("wait")


def test_another_process_with_another_seed_and_other_threads_gives_the_same_bytes():
    program = (
        "import sys; from tests.evaluation.study.test_run import results;"
        "sys.stdout.buffer.write(results().to_json().encode())"
    )
    setting = {**os.environ, "PYTHONHASHSEED": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, env=setting, check=True)
    assert ran.stdout.decode() == results().to_json()


def test_exploratory_is_said_wherever_a_result_appears():
    plan = small.protocol()
    found = run_study(plan, standing(plan, None), read_study(small.files(), plan), at=AT)
    assert found.standing.label == "exploratory"
    assert all(each.sentence.startswith("Exploratory. ") for each in found.outcomes)
    assert tables(found)["effects.csv"].count("exploratory") == 4 * len(found.outcomes)
    frozen = freeze(plan, by="Ada", at=datetime(2026, 1, 1, tzinfo=UTC))
    given = read_study(small.files(), plan)
    sealed = run_study(plan, standing(plan, frozen), given, at=AT, frozen=frozen)
    assert sealed.standing.label == "confirmatory"
    assert "Exploratory" not in sealed.to_json()
    assert sealed.standing.protocol_sha256 == frozen.sha256


def test_arms_compared_before_the_study_ends_are_exploratory():
    plan = small.protocol()
    found = run_study(plan, FROZEN, read_study(small.files(small.figures(last=3)), plan), at=AT)
    assert found.standing.reason == (
        "Arms were compared before the study ended and before any look crossed its boundary."
    )
    assert found.notes[0] == "Figures have come up to 2026/27 Q4; the study ends with 2027/28 Q1."


def test_after_looks_the_primary_family_found_what_crossed_at_one():
    plan = small.protocol()
    given = read_study(small.files(), plan)
    taken = take_look(plan, given, wave=4, at=AT, by="Ada").taken
    assert taken.crossed == ()  # sixteen swaps cannot cross at 5%
    found = run_study(plan, FROZEN, given, at=AT, ledger=[taken])
    assert found.families[0].found == ()
    assert found.outcomes[0].sentence.endswith("It crossed no boundary at the looks taken so far.")
    crossed = run_study(plan, FROZEN, given, at=AT, ledger=[replace(taken, crossed=("wait",))])
    assert crossed.families[0].found == ("wait",)
    assert crossed.looks[0].by == "Ada"


def test_a_primary_outcome_without_any_figure_is_refused():
    plan = small.protocol()
    with pytest.raises(BadInput, match="Outcome wait: This primary outcome has not one figure"):
        run_study(plan, FROZEN, StudyData(figures={}), at=AT)


def test_a_secondary_outcome_without_any_figure_says_so_and_the_others_stand():
    second = '\n[[outcome]]\nid = "crisis"\nmeasure = "R1"\nmodel = "count"\nbetter = "neither"\n'
    alone, plan = small.protocol(), small.protocol(small.WAIT + second)
    found = run_study(plan, FROZEN, read_study(small.files(), plan), at=AT)
    assert found.outcome("crisis").effect.estimate == NotComputable(
        "0 accelerator sites have figures enough; each arm needs 2."
    )
    expected = run_study(alone, FROZEN, read_study(small.files(), alone), at=AT)
    assert found.outcome("wait").effect == expected.outcome("wait").effect


def test_floats_are_rounded_once_so_that_file_and_page_agree():
    numbers = [number for _, number in blocks(json.loads(results().to_json()))]
    assert numbers
    assert all(number == float(f"{number:.8e}") for number in numbers)
    assert not any(0 < abs(number) < 1e-12 for number in numbers)


def test_flagged_quarters_are_left_out_as_a_variant_and_as_the_protocol_says():
    flag = '\n[[flag]]\nwhat = "A pandemic"\nfirst = "2026/27 Q3"\nlast = "2026/27 Q4"\nleave_out = {}\n'

    def ran(leave_out: str) -> StudyResults:
        plan = small.protocol(more=flag.format(leave_out))
        return run_study(plan, FROZEN, read_study(small.files(), plan), at=AT)

    kept, out = ran("false"), ran("true")
    variant = kept.outcome("wait").variants[0]
    assert (variant.what, variant.left_out) == ("Without flagged quarters", 16)
    assert variant.estimate == out.outcome("wait").effect.estimate
    assert out.outcome("wait").missing.flagged == 16
    assert "16 not used: Flagged: A pandemic." in out.outcome("wait").missing.sentences
    back = out.outcome("wait").variants[0]
    assert (back.what, back.left_out) == ("With flagged quarters", -16)
    assert back.estimate == kept.outcome("wait").effect.estimate


def test_staggered_starts_are_judged_in_their_own_way_beside_the_main_effect():
    names = [each.name.split(",")[0] for each in results().outcome("wait").others]
    assert names == [
        "Group-time effects of Callaway and Sant'Anna",
        "Synthetic difference in differences",
    ]
    truth = planted.study().true_effect("H2", "median-days")
    assert all(each.estimate == pytest.approx(truth, abs=1.5) for each in results().outcome("wait").others)
    together = of_small().outcome("wait")
    assert isinstance(together.staggered.found, NotComputable)
    assert together.drift.sentence


def test_a_count_is_judged_with_its_noughts_too():
    counted = results().outcome("crisis")
    assert counted.counts is not None
    assert isinstance(counted.counts.found, CountEffect)
    assert counted.counts.found.ratio == pytest.approx(1 + counted.others[-1].estimate, abs=0.01)
    assert results().outcome("wait").counts is None
