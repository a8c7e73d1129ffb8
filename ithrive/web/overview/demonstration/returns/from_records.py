"""The one return of the demonstration that comes from records: what it is for, and its taking."""

from ithrive.returns import Identity
from ithrive.web.accounts.models import Person
from ithrive.web.overview.demonstration.cast import DOMAIN
from ithrive.web.overview.demonstration.community import LEADING
from ithrive.web.overview.demonstration.returns.asked_about import answer_the_checks
from ithrive.web.returns.actions import Original, submit, take_reading
from ithrive.web.returns.models import QuarterlyReturn
from ithrive.web.returns.reading import read_original
from ithrive.web.returns.versions import identity_of, versions_of

COUNTED_BY_MACHINE = "Counted from a synthetic extract by ithrive records build; its log explains the figure."


def awaited() -> Identity | None:
    """The return of the leading area that is still to be sent; None where nothing is."""
    found = _last()
    return identity_of(found) if found and not versions_of(found) else None


def send(content: bytes) -> str:
    """Take the return file as Ben sends it, answer what the checks ask, and submit it."""
    found = _last()
    if found is None:
        return "The demonstration awaits no return."
    ben = Person.objects.get(email=f"ben@{DOMAIN}")
    original = Original(f"{LEADING.lower()}.json", content)
    version = take_reading(
        found=found, reading=read_original(found, original), original=original, came_by="records", by=ben
    )
    answer_the_checks(version, ben, COUNTED_BY_MACHINE)
    version.refresh_from_db()
    submit(version=version, by=ben)
    return f"Submitted {LEADING}'s return of {found.quarter.label}, built from a synthetic extract."


def _last() -> QuarterlyReturn | None:
    found = QuarterlyReturn.objects.filter(area__name=LEADING, area__country__fictional=True)
    return found.select_related("area__country").order_by("-quarter_starts", "pk").first()
