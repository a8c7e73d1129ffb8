"""Taking an instrument: a version is written once, and never changes."""

from dataclasses import dataclass

from django.db import transaction

from ithrive.framework.instrument import Instrument
from ithrive.framework.instruments import why_not_import
from ithrive.problems import NotAllowed
from ithrive.web.assessments.instruments import instrument_in
from ithrive.web.assessments.models import InstrumentVersion
from ithrive.web.history.record import Author, record


@dataclass(frozen=True, slots=True)
class Imported:
    """The version as it is recorded; `new` is False where it was here already, just so."""

    version: InstrumentVersion
    new: bool


@transaction.atomic
def import_instrument(*, instrument: Instrument, source: str, by: Author) -> Imported:
    """Keep an instrument as a new version. The same again changes nothing. `source` is the file's name.

    Raises NotAllowed where its version is here already with other content.
    """
    content = instrument.model_dump(mode="json")
    # Two people may send the same version at the same moment: the database lets one of them create it.
    version, new = InstrumentVersion.objects.get_or_create(
        code=instrument.code,
        version=instrument.version,
        defaults={
            "title": instrument.title,
            "demonstration": instrument.demonstration,
            "content": content,
        },
    )
    if reason := why_not_import(instrument, instrument_in(version)):
        raise NotAllowed(reason)
    if new:
        record(
            by=by,
            action="import instrument",
            subject=f"instrument {instrument.code} {instrument.version}",
            summary=f"Instrument imported from {source}: {instrument.title}, version {instrument.version}",
            after={"statements": len(instrument.statement), "demonstration": instrument.demonstration},
        )
    return Imported(version, new)
