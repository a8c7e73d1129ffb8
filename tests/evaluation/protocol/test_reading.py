"""A protocol is checked word by word, and each slip is said with its table."""

from datetime import date
from pathlib import Path

import pytest

from ithrive.evaluation.protocol import read_protocol, why_nothing_can_be_found
from ithrive.periods import Quarter
from ithrive.problems import BadInput
from tests.evaluation.study import small

EXAMPLE = (Path(__file__).parents[3] / "docs/examples/thornmere/study.toml").read_text(encoding="utf-8")


def changed(before: str, after: str, count: int = 1) -> bytes:
    assert before in EXAMPLE
    return EXAMPLE.replace(before, after, count).encode()


def refused(content: bytes) -> str:
    with pytest.raises(BadInput) as refusal:
        read_protocol(content, name="study.toml")
    return str(refusal.value)


def test_the_example_holds_what_its_file_says():
    protocol = read_protocol(EXAMPLE.encode())
    assert [each.id for each in protocol.primary] == ["wait"]
    assert [each.id for each in protocol.secondary] == ["crisis-referrals"]
    assert len(protocol.quarters) == 17
    assert protocol.quarters[0].label == "2024/25 Q1"
    assert protocol.quarters[-1].label == "2028/29 Q1"
    assert protocol.looks == (4, 6, 8)
    assert len(protocol.arm("accelerator")) == len(protocol.arm("comparison")) == 4
    assert protocol.site("garrowby").starts == Quarter(2027, 1)
    assert protocol.outcome("wait").model == "log"


def test_a_start_may_be_a_day():
    protocol = read_protocol(changed('starts = "2026/27 Q4"', "starts = 2027-02-01"))
    assert protocol.site("garrowby").starts == Quarter.of(date(2027, 2, 1))


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (
            'arm = "accelerator"',
            'arm = "treated"',
            "(alderbrook): “arm” is “treated”. Choose from: accelerator,",
        ),
        ("alpha = 0.05", "alpha = 0", "[analysis]: “alpha”"),
        ("alpha = 0.05", "alpha = nan", "[analysis]: “alpha”"),
        (
            "alpha = 0.05",
            "alfa = 0.05",
            "“alfa” is not a word of this table. Remove it or correct its spelling.",
        ),
        ("question =", "questions =", "“question” is missing. Add it."),
        ('starts = "2026/27 Q4"', 'starts = "soon"', "“starts” is not a quarter such as 2016/17 Q1"),
        ("schema = 1", "schema = 2", "“schema”"),
        ("looks = [4, 6]", "looks = [4, 9]", "“looks.2”"),
        (
            "following = 8",
            "following = 5",
            "[analysis] looks: There is no wave 6. Waves here go from -8 to 5",
        ),
        ('area = "TH02"', 'area = "TH01"', "[[site]] TH01 of TH26: It is there twice. Keep one of them."),
        ('id = "brackenford"', 'id = "alderbrook"', "[[site]] alderbrook: It is there twice."),
        (
            'pair = "1"',
            'pair = "2"',
            "Pair 2 has 2 accelerator and 1 comparison sites. Make every pair one of each.",
        ),
        ('pair = "1"\n', "", "[[site]] alderbrook: “pair” is missing."),
        ('starts = "2026/27 Q4"\n', "", "[[site]] garrowby: “starts” is missing."),
        (
            'starts = "2026/27 Q4"',
            'starts = "2026/27 Q1"',
            "It starts in 2026/27 Q1, which is no quarter after",
        ),
        ('measure = "H2"', 'measure = "H99"', "There is no measure H99. Choose from: A1,"),
        ('figure = "median"', 'figure = "mode"', "H2 has no figure “mode”. Choose from: median, p90."),
        ('better = "lower"', 'better = "higher"', "H2 says that lower is better, and here it is higher."),
        (
            'model = "log"',
            'model = "count"',
            "“median” is not made of counts. Use the model gaussian or log.",
        ),
        ('family = "primary"', 'family = "secondary"', "No outcome is primary."),
        ('outcomes = ["wait"]', 'outcomes = ["waits"]', "[dose] outcomes: There is no outcome waits."),
        ('sites = ["dunwick"]', 'sites = ["dunwich"]', "There is no site dunwich. Correct its id."),
        (
            'last = "2027/28 Q1"',
            'last = "2026/27 Q1"',
            "[[flag]] A cyber incident: It ends before it begins.",
        ),
        (
            "least_waves = 6",
            "least_waves = 17\n[guards]\nspies = true",
            "“spies” is not a word of this table",
        ),
        ('disclosure = "programme"', 'disclosure = "secret"', "There is no disclosure rule “secret”."),
        ("schema = 1", "schema = ", "The protocol is not TOML text"),
    ],
)
def test_a_slip_is_said_with_its_place_and_mend(before: str, after: str, sentence: str):
    said = refused(changed(before, after))
    assert said.startswith("study.toml")
    assert sentence in said


def test_a_comparison_site_cannot_start():
    content = changed(
        'arm = "comparison"\npair = "1"', 'arm = "comparison"\npair = "1"\nstarts = "2026/27 Q2"'
    )
    assert "[[site]] brackenford: A comparison site does not start." in refused(content)


def test_one_site_in_an_arm_is_too_few():
    head, _, rest = EXAMPLE.partition("[[site]]")
    sites = rest.split("[[site]]")
    kept = [sites[0], sites[1]]
    content = head + "".join(f"[[site]]{each}" for each in kept) + rest[rest.index("\n[[outcome]]") :]
    said = refused(content.encode())
    assert "The number of accelerator sites is 1. Each arm needs at least 2." in said


def test_sites_may_go_without_pairs_where_all_splits_are_the_test():
    lines = [line for line in EXAMPLE.splitlines() if not line.startswith("pair = ")]
    content = "\n".join(lines).replace("pair-swaps", "all-splits").encode()
    assert read_protocol(content).site("alderbrook").pair is None


@pytest.mark.parametrize("who", ["public", "accelerator-sites", "comparison-sites", "programme"])
def test_contrasts_of_arms_stay_with_evaluators_while_the_study_runs(who: str):
    entry = f'\n[[seen]]\nwho = "{who}"\nwhat = "arm-contrasts"\nwhen = "at-looks"\n'
    assert "seen while the study runs, would spoil it" in refused((EXAMPLE + entry).encode())


def test_names_of_comparison_sites_stay_with_evaluators():
    entry = '\n[[seen]]\nwho = "programme"\nwhat = "site-names"\nwhen = "always"\n'
    assert "Comparison sites are known to evaluators only." in refused((EXAMPLE + entry).encode())


def test_a_count_needs_something_it_is_counted_out_of():
    said = refused(changed('measure = "R1"\nfigure = "rate"', 'measure = "H2"\nfigure = "median"'))
    assert "“median” is not made of counts." in said
    assert "There is no count “fish”" in refused(
        changed('model = "count"', 'model = "count"\noffset = "fish"')
    )
    assert "A gaussian outcome has no offset." in refused(
        changed('model = "log"', 'model = "gaussian"\noffset = "seen"')
    )


@pytest.mark.parametrize(
    ("analysis", "said"),
    [
        ("alpha = 0.05", "4 pairs can be swapped in 16 ways, so p cannot be below 0.125, nor reach 0.05."),
        ("alpha = 0.125", None),
        ('assignment = "all-splits"', None),  # 2 of 70
        (
            'alpha = 0.02\nassignment = "all-splits"',
            "8 sites can be divided in 70 ways, so p cannot be below 0.0286",
        ),
    ],
)
def test_a_protocol_that_could_find_nothing_is_told_so(analysis: str, said: str | None):
    protocol = read_protocol(small.text().replace("[analysis]", f"[analysis]\n{analysis}").encode())
    told = why_nothing_can_be_found(protocol)
    assert told == said if said is None else (told or "").startswith(said)
