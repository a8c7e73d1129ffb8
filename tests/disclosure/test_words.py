from ithrive.disclosure import Seen, attack, public_risk, publish, residual_risk, rule, why_not_shown
from tests.disclosure.tables import PARTNERS, TODAY, line, square


def risk(published):  # type: ignore[no-untyped-def] # of this page
    return residual_risk(published, attack([Seen("v1", published)]))


def test_small_counts_and_what_shields_them_are_explained_alike() -> None:
    published = publish([line(3, 20, 30)], PARTNERS)
    words = {why_not_shown(published, name) for name in published.hidden}
    assert words == {
        "Hidden to protect people’s privacy: it is a small number, or would let somebody work one out."
    }
    assert why_not_shown(published, ("referred", "area=C")) is None


def test_a_table_with_nothing_hidden_says_so() -> None:
    assert risk(publish([line(30, 20)], PARTNERS))[0] == "No figure is hidden."


def test_what_is_left_to_worry_about_is_told() -> None:
    assert risk(publish([line(3, 20, 30)], PARTNERS))[:3] == (
        "2 figures are hidden: 1 for being small or telling, the rest to shield them.",
        "Of every small one, all that its rule asks for stays possible to a reader who does every sum.",
        "It is proved that nothing less need be hidden (a larger figure counting for more).",
    )


def test_what_can_be_worked_out_is_told() -> None:
    assert risk(publish([line(3, 20, 30)], rule("nhs-one-to-four", TODAY)))[:4] == (
        "1 figure is hidden: 1 for being small or telling, the rest to shield them.",
        "Of 1 small ones, 1 can be worked out more closely than their rule allows.",
        "1 figure is known exactly in spite of being hidden.",
        "Nothing else is hidden to shield them.",
    )


def test_limits_and_a_gap_are_told() -> None:
    table = square([61, 40, 3], [33, 25, 12], [48, 30, 21])
    public = {("referred", "area=A", "grouping=c"): (2, 3)}
    told = " ".join(risk(publish([table], PARTNERS, public=public, seconds=0)))
    assert "1 figure is less open than the rule asks" in told
    assert "The clock ended the search" in told
    assert "without a proof: at most 100.0% of the shields" in told


def test_the_public_reads_how_much_is_hidden_and_how_it_was_tested_but_not_which_is_small() -> None:
    told = " ".join(public_risk(120, 14, 0.0, 0))
    assert "14 figures are hidden, of 120." in told
    assert "It is proved that nothing less need be hidden." in told
    assert "small or telling" not in told
    assert public_risk(120, 0, 0.0, 0)[0] == "None of the 120 figures is hidden."
    assert "at most 2.5% of the shields" in public_risk(120, 14, 0.025, 0)[2]
    assert "some can be worked out" in public_risk(120, 14, 0.0, 3)[1]
