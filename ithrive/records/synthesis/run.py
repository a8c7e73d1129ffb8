"""Making a whole extract, batch by batch: what is made stays, and a stopped run goes on from there."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from ithrive.problems import BadInput, Problem
from ithrive.records.synthesis.beside import all_tallies, recorded_groupings, write_beside
from ithrive.records.synthesis.sent import MARKED, service_sheets, sheets
from ithrive.records.synthesis.services import draw_services
from ithrive.records.synthesis.settings import Settings
from ithrive.records.synthesis.story import country_of, random_of, tell
from ithrive.records.synthesis.truth import tally_services, tally_story
from ithrive.records.synthesis.writing import write_sheet

Progress = Callable[[str, int, int], None]
EXTRACT, UNDER_WAY, NOTICE = "extract", ".under-way", "SYNTHETIC.txt"


def synthesise(settings: Settings, out: Path, *, progress: Progress = lambda *_: None) -> None:
    """Writes the extract into `out`, with what it takes to count it and the planted truth.

    Raises BadInput where the folder holds something else, or an extract begun with other settings.
    """
    begin(settings, out)
    for batch in range(settings.batches):
        write_batch(settings, batch, out)
        progress("People", min((batch + 1) * settings.batch_size, settings.people), settings.people)
    write_services(settings, out)
    write_beside(settings, out, out / UNDER_WAY)


def begin(settings: Settings, out: Path) -> None:
    kept = out / UNDER_WAY / "settings.json"
    if kept.exists():
        if json.loads(kept.read_text(encoding="utf-8")) != _as_json(settings):
            what = "An extract with other settings was begun here."
            raise BadInput(Problem(str(out), what, "Give the same settings, or another folder."))
        return
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise BadInput(Problem(str(out), "It is not empty.", "Give a folder that is new or empty."))
    kept.parent.mkdir(parents=True)
    (out / EXTRACT).mkdir()
    (out / NOTICE).write_text(_notice(settings), encoding="utf-8")
    kept.write_text(json.dumps(_as_json(settings)), encoding="utf-8")


def _as_json(settings: Settings) -> dict[str, object]:
    return asdict(settings) | {"sites": list(settings.sites)}


def write_batch(settings: Settings, batch: int, out: Path) -> None:
    """One batch, unless it was made before. Any batch can be made alone."""
    name = f"{batch:05d}"
    if _done(out, name).exists():
        return
    story, rng = tell(settings, batch), random_of(settings, 1, batch)
    for sheet in sheets(story, rng, settings.copies):
        part, spoil = f"part-{name}", settings.spoil
        write_sheet(sheet, out / EXTRACT, part, settings.file_format, rng=rng, spoil=spoil)
    (out / UNDER_WAY / f"groupings-{name}.csv").write_text(recorded_groupings(story), encoding="utf-8")
    _keep(out, name, tally_story(story).as_bytes())


def write_services(settings: Settings, out: Path) -> None:
    """What services send that is about nobody, once every batch is there: an empty month is not sent."""
    country = country_of(settings)
    sent = all_tallies(country, out / UNDER_WAY).sent
    services = draw_services(random_of(settings, 2), country, settings.people, sent)
    for sheet in service_sheets(services):
        write_sheet(sheet, out / EXTRACT, "part-services", settings.file_format)
    _keep(out, "services", tally_services(services).as_bytes())


def _done(out: Path, name: str) -> Path:
    return out / UNDER_WAY / f"truth-{name}.npz"


def _keep(out: Path, name: str, tally: bytes) -> None:
    """Its truth marks a part as done: under its name only when all of it is on the disk."""
    half = out / UNDER_WAY / f"{name}.half"
    half.write_bytes(tally)
    half.replace(_done(out, name))


def _notice(settings: Settings) -> str:
    return f"{MARKED}\n\n{settings}\n"
