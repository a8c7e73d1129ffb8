"""Finding instrument versions, and reading them back as instruments."""

from django.db.models import QuerySet

from ithrive.framework.instrument import Instrument
from ithrive.web.assessments.models import InstrumentVersion


def instrument_versions() -> QuerySet[InstrumentVersion]:
    """Every version, by instrument, the oldest first."""
    return InstrumentVersion.objects.order_by("code", "imported_at", "pk")


def instrument_version(code: str, version: str) -> InstrumentVersion | None:
    return InstrumentVersion.objects.filter(code=code, version=version).first()


def other_versions(version: InstrumentVersion) -> QuerySet[InstrumentVersion]:
    """The other versions of the same instrument, the oldest first."""
    return instrument_versions().filter(code=version.code).exclude(pk=version.pk)


def latest_version(code: str) -> InstrumentVersion | None:
    """The version of an instrument that was imported last."""
    return instrument_versions().filter(code=code).last()


def instrument_in(version: InstrumentVersion) -> Instrument:
    """The instrument itself, read back from what was imported."""
    return Instrument.model_validate(version.content)
