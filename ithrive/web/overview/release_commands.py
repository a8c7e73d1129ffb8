"""What `ithrive releases` does and says."""

from collections.abc import Sequence

from ithrive.periods import Quarter
from ithrive.problems import BadInput, Problem
from ithrive.web.areas.models import Country
from ithrive.web.history.record import Command
from ithrive.web.overview import releases
from ithrive.web.overview.release_report import attack_report
from ithrive.web.publications.queries import every_release

PREPARE = Command("releases prepare")


def prepare(title: str, quarters: Sequence[str], chosen: Sequence[str], country: str, rule: str) -> str:
    """Prepare a release and say how to go on. Raises BadInput and NotAllowed."""
    found = Country.objects.filter(slug=country).first()
    if found is None:
        known = ", ".join(Country.objects.order_by("slug").values_list("slug", flat=True)) or "none is loaded"
        what = f"the database holds no areas of “{country}”."
        raise BadInput(Problem("--country", what, f"Choose one of: {known}."))
    wanted = [Quarter.parse(each) for each in quarters]
    ids = list(chosen) or [each.id for each in releases.releasable_measures()]
    made = releases.prepare(country=found, title=title, quarters=wanted, chosen=ids, rule=rule, by=PREPARE)
    hidden = sum(made.tables.values_list("hidden", flat=True))
    figures = sum(made.tables.values_list("figures", flat=True))
    return (
        f"Prepared {made.reference}: {figures:,} counts, {hidden:,} of them hidden. "
        f"Somebody with a second factor releases it at /releases/{made.reference}/release/."
    )


def listed() -> str:
    """The ledger, a line for each release."""
    lines = [
        f"{each.reference}  {each.state}  {', '.join(each.quarters)}  {each.title}"
        for each in every_release()
    ]
    return "\n".join(lines) or "There are no releases."


def attacked(reference: str) -> str:
    """The attacker's report. Raises BadInput where there is no such release."""
    found = every_release().filter(reference=reference).first()
    if found is None:
        what = f"there is no release “{reference}”."
        raise BadInput(Problem("REFERENCE", what, "See: ithrive releases list"))
    parts = [
        "\n".join([each.title, *(f"  {words}" for words in (*each.words, *each.reasons))])
        for each in attack_report(found)
    ]
    return "\n".join(["Confidential: this tells which hidden figures are small.", *parts])
