"""The Approach to Implementation: steps as published where they were, and called ours where they were not."""

from pathlib import Path

import pytest

from ithrive.framework.approach import APPROACH, QUALITY, Basis, approach
from ithrive.framework.definition_files import OURS
from ithrive.problems import BadInput


def own_text(folder: Path, name: str, old: str, new: str) -> Path:
    text = (OURS / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new))
    return folder


def test_the_first_phase_has_the_five_published_steps_in_their_order() -> None:
    first = approach().phases[0]
    assert [step.name for step in first.steps] == [
        "Engagement",
        "Understanding your system",
        "THRIVE assessment",
        "Prioritising improvement",
        "Redesign and implementation planning",
    ]
    assert {step.basis for step in first.steps} == {Basis.READ}


def test_what_was_not_read_is_not_called_read() -> None:
    phases = approach().phases
    assert [phase.basis for phase in phases] == [Basis.READ, Basis.RECALLED, Basis.RECALLED, Basis.READ]
    assert {step.basis for phase in phases[1:] for step in phase.steps} == {Basis.OURS}


def test_a_step_that_was_read_names_where() -> None:
    assert all(step.sources for step in approach().steps if step.basis is Basis.READ)


def test_codes_of_phases_and_steps_never_change() -> None:
    codes = {phase.code: [step.code for step in phase.steps] for phase in approach().phases}
    assert codes == {
        "understanding-and-planning": [
            "engagement",
            "understanding-your-system",
            "thrive-assessment",
            "prioritising-improvement",
            "redesign-and-planning",
        ],
        "building-capacity": [
            "leads-and-champions",
            "learning-across-sectors",
            "working-agreements",
            "measuring-and-feedback",
        ],
        "implementing": [
            "testing-changes",
            "coaching-and-support",
            "spreading-what-works",
            "following-progress",
        ],
        "sustaining": ["reflecting", "sharing-learning", "business-as-usual"],
    }


def test_the_quality_framework_has_fourteen_steps_in_four_phases() -> None:
    quality = approach().quality
    assert [len(phase.steps) for phase in quality.phases] == [8, 2, 3, 1]
    assert [step.number for step in quality.steps] == list(range(1, 15))


def test_every_step_of_ours_stands_beside_at_least_one_of_the_fourteen() -> None:
    assert all(approach().quality_beside(step.code) for step in approach().steps)
    assert [each.number for each in approach().quality_beside("engagement")] == [5, 9]


def test_phases_and_steps_are_found_by_code() -> None:
    found = approach().step("testing-changes")
    assert found is not None
    assert found.name == "Testing changes"
    assert approach().phase_of("testing-changes") is approach().phase("implementing")
    assert approach().step("tier-3") is None
    assert approach().phase("tier-3") is None
    assert approach().phase_of("tier-3") is None


def test_by_usual_next_steps_every_step_can_be_reached_from_engagement() -> None:
    seen: set[str] = set()
    waiting = ["engagement"]
    while waiting:
        step = approach().step(waiting.pop())
        assert step is not None
        if step.code not in seen:
            seen.add(step.code)
            waiting += step.usual_next
    assert seen == {step.code for step in approach().steps}


def test_a_programmes_own_file_takes_the_place_of_ours(tmp_path: Path) -> None:
    own = own_text(tmp_path, APPROACH, 'name = "Building capacity"', 'name = "Getting ready"')
    assert [phase.name for phase in approach(own).phases][1] == "Getting ready"
    assert approach(own).quality == approach().quality


MEND = "Correct the entry, or take the file away to use ours."


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (
            APPROACH,
            "usual_weeks = 12",
            "usual_weeks = 0",
            "approach.toml, phases 1 steps 1 usual_weeks: Input should be greater than or equal to 1.",
        ),
        (
            APPROACH,
            'code = "sustaining"',
            'code = "implementing"',
            "the files of the Approach: The phase 'implementing' stands twice.",
        ),
        (
            APPROACH,
            'code = "reflecting"',
            'code = "engagement"',
            "the files of the Approach: The step 'engagement' stands twice.",
        ),
        (
            APPROACH,
            'usual_next = ["sharing-learning"]',
            'usual_next = ["resting"]',
            "the files of the Approach: The step 'resting' is named but not described.",
        ),
        (
            APPROACH,
            'source = "OUTFW"',
            'source = "NOWHERE"',
            "the files of the Approach: The source 'NOWHERE' is cited but is not in sources.toml.",
        ),
        (
            QUALITY,
            "number = 14",
            "number = 15",
            (
                "the files of the Approach: The steps in quality-implementation-framework.toml must "
                "be numbered 1, 2, 3 and so on."
            ),
        ),
        (
            QUALITY,
            'title = "Quality Implementation Framework"',
            'title = ""',
            "quality-implementation-framework.toml, title: String should have at least 1 character.",
        ),
        (
            "sources.toml",
            'title = "Toolkit, phase 4, i-THRIVE"',
            "",
            "sources.toml, IT-P4 title: Field required.",
        ),
    ],
)
def test_a_fault_in_a_file_is_named_with_its_place(
    tmp_path: Path, name: str, old: str, new: str, said: str
) -> None:
    with pytest.raises(BadInput) as refusal:
        approach(own_text(tmp_path, name, old, new))
    assert f"{said} {MEND}" in str(refusal.value).splitlines()
