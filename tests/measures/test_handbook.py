"""The handbook's page of measures is what their files say."""

from ithrive.measures import measures
from scripts.print_measures import PAGE, printed


def test_the_page_of_measures_is_printed_from_their_files() -> None:
    assert PAGE.read_text(encoding="utf-8") == printed()


def test_every_measure_is_on_the_page_with_its_caveats() -> None:
    page = printed()
    for measure in measures().values():
        assert f"### {measure.id} · {measure.title}\n" in page
        assert all(f"- {caveat}" in page for caveat in measure.caveats)
