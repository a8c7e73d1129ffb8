"""A protocol is written, sealed before figures are seen, and amended with reasons."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ithrive.evaluation import protocol as protocols
from ithrive.evaluation.protocol import Protocol
from ithrive.problems import BadInput, NotAllowed, Problem
from ithrive.web.areas.models import LocalArea
from ithrive.web.evaluation.actions.telling import person, sealed_name, tell
from ithrive.web.evaluation.models import ProtocolVersion, Study, StudySite
from ithrive.web.evaluation.queries import StudyNow, area_of_site, study_now
from ithrive.web.history.record import Author


@transaction.atomic
def add_protocol(*, text: str, by: Author, study: Study | None = None, at: datetime | None = None) -> Study:
    """Keep a protocol as the latest of its study, which begins with its first one. `text` is TOML.

    Raises BadInput with everything wrong with it; NotAllowed where it is of another study, or says nothing
    new.
    """
    said = protocols.read_protocol(text.encode(), name="The protocol")
    areas = _areas(said)
    found = _study(said, study)
    latest = found.protocols.order_by("-number").first()
    if latest and latest.text == text:
        raise NotAllowed("The protocol says what it said before.")
    number = latest.number + 1 if latest else 1
    ProtocolVersion.objects.create(
        study=found, number=number, text=text, by=person(by), at=at or timezone.now()
    )
    _set_sites(found, said, areas)
    fingerprint = protocols.fingerprint(protocols.canonical(said))
    tell(found, by, "write a protocol", f"protocol {number} written", after={"sha256": fingerprint})
    return found


@transaction.atomic
def freeze_protocol(*, study: Study, by: Author, at: datetime | None = None) -> None:
    """Seal the latest protocol. `at` is now, but for a demonstration, which tells of the past."""
    now = _locked(study)
    if now.frozen:
        raise NotAllowed("This study’s protocol is frozen. Amend it, which keeps what was said first.")
    sealed = protocols.freeze(now.protocol, by=sealed_name(by), at=at or timezone.now())
    _seal(now, sealed, by)
    tell(study, by, "freeze a protocol", "protocol frozen", after=_of(sealed))


@transaction.atomic
def amend_protocol(*, study: Study, reason: str, by: Author) -> None:
    """Seal the latest protocol as an amendment of the frozen one, with the reason."""
    now = _locked(study)
    if now.frozen is None:
        raise NotAllowed("This study’s protocol was not frozen, so it needs no amendment.")
    try:
        sealed = protocols.amend(
            now.frozen, now.protocol, reason=reason, by=sealed_name(by), at=timezone.now()
        )
    except BadInput as refusal:
        raise NotAllowed(" ".join(f"{each.what} {each.mend}" for each in refusal.problems)) from None
    _seal(now, sealed, by)
    changed = {"changed": list(sealed.amendments[-1][1]), "reason": reason.strip()}
    tell(study, by, "amend a protocol", "protocol amended", after=_of(sealed) | changed)


def _seal(now: StudyNow, sealed: protocols.Frozen, by: Author) -> None:
    now.version.frozen = protocols.frozen_text(sealed)
    now.version.frozen_by, now.version.frozen_at = person(by), sealed.current.at
    now.version.save(update_fields=["frozen", "frozen_by", "frozen_at"])


def _of(sealed: protocols.Frozen) -> dict[str, object]:
    return {"sha256": sealed.sha256, "seal": sealed.current.seal, "at": sealed.current.at}


def _locked(study: Study) -> StudyNow:
    return study_now(Study.objects.select_for_update().get(pk=study.pk))


def _study(said: Protocol, study: Study | None) -> Study:
    if study is None:
        made, new = Study.objects.get_or_create(
            slug=said.id.lower(), defaults={"name": said.name, "fictional": said.fictional}
        )
        if not new:
            raise NotAllowed(f"There is a study “{made.slug}” already. Change its protocol on its own page.")
        return made
    if said.id.lower() != study.slug:
        raise NotAllowed(f"This protocol is of the study “{said.id}”, and the page of “{study.slug}”.")
    found = Study.objects.select_for_update().get(pk=study.pk)
    found.name, found.fictional = said.name, said.fictional
    found.save(update_fields=["name", "fictional"])
    return found


def _areas(said: Protocol) -> dict[str, LocalArea]:
    """Every site's area. Raises BadInput naming each that is not loaded here."""
    found = {each.id: area_of_site(each.country, each.geography, each.area) for each in said.sites}
    missing = [each for each in said.sites if found[each.id] is None]
    if missing:
        raise BadInput(
            Problem(
                f"The protocol, [[site]] {each.id}",
                f"No area {each.area} of {each.geography} in {each.country} is loaded here.",
                "Correct it, or load the areas of that country.",
            )
            for each in missing
        )
    return {site: area for site, area in found.items() if area}


def _set_sites(study: Study, said: Protocol, areas: dict[str, LocalArea]) -> None:
    study.sites.all().delete()
    StudySite.objects.bulk_create(
        StudySite(study=study, area=areas[each.id], site=each.id, arm=each.arm) for each in said.sites
    )
