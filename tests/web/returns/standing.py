"""A return in each state, for the table of who gets what at every address."""

from datetime import timedelta

from django.utils import timezone

from ithrive.web.areas.models import LocalArea
from ithrive.web.returns.actions import ask, resubmit, sign_off
from ithrive.web.returns.models import QuarterlyReturn, SendingKey, SentFile, Version
from ithrive.web.returns.versions import versions_of
from tests.cast import Cast
from tests.web.returns.scenes import draft, owed, submitted

# In which state a return has to be for an address to have something to show; for the others, signed off.
STATES = {
    "start": "owed", "notes": "draft", "fill": "draft", "save": "draft", "submit": "draft", "send": "draft",
    "reasons": "draft", "refused": "draft", "refused-copy": "draft",
    "ask": "submitted", "sign-off": "submitted",
    "answer": "queried",
}  # fmt: skip


def returns_standing(address: str, cast: Cast, area: LocalArea) -> dict[str, object]:
    """What stands in the address of a page of returns."""
    page = address.removeprefix("returns:")
    key = SendingKey.objects.create(
        person=cast.ben, name="A job", digest="d", expires_at=timezone.now() + timedelta(days=1)
    )
    if page.startswith("key"):
        return {"number": key.pk}
    found = owed(area)
    state = STATES.get(page, "signed off")
    if state == "draft":
        draft(found, by=cast.ben)
    if state in {"submitted", "queried", "signed off"}:
        _further(submitted(found, by=cast.ben), state, cast, again=page in {"differences", "original"})
    return {
        "number": found.pk, "section": "thriving", "version": 2, "ending": "csv",
        "query": _first_query(found), "file": _first_file(found),
    }  # fmt: skip


def _further(version: Version, state: str, cast: Cast, *, again: bool) -> None:
    if state == "queried":
        ask(version=version, question="Why?", by=cast.pat)
    if state == "signed off":
        sign_off(version=version, by=cast.cam)
        if again:
            resubmit(found=version.of, reason="Late records", by=cast.ben)


def _first_query(found: QuarterlyReturn) -> int:
    queries = (query for version in versions_of(found) for query in version.queries.all())
    return next((each.pk for each in queries), 0)


def _first_file(found: QuarterlyReturn) -> int:
    file = SentFile.objects.filter(version__of=found).order_by("pk").first()
    return file.pk if file else 0
