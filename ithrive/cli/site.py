"""The hand-over from the command line to the website: the only file here that may import it.

Each function does one thing inside `website()` and gives back the sentence to print.
"""

import os
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ithrive.cli.environment import read_env
from ithrive.problems import BadInput, Problem

if TYPE_CHECKING:
    from ithrive.areas.gazetteer import Gazetteer
    from ithrive.returns import Identity


@contextmanager
def website() -> Iterator[None]:
    """The website made ready to be asked; its troubles become plain sentences."""
    read_env(Path(".env"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ithrive.web.settings")
    try:
        import django
    except ModuleNotFoundError:
        raise BadInput(
            Problem("ithrive", "the website is not installed here.", "Run: pip install 'ithrive[web]'")
        ) from None
    from django.core.management.base import CommandError
    from django.db.utils import DatabaseError

    _read_settings()
    Path(os.environ.get("ITHRIVE_DATA_DIR", "var")).mkdir(parents=True, exist_ok=True)
    django.setup()
    try:
        yield
    except CommandError as error:
        raise BadInput(Problem("Django", f"{error}.", "Add --help to see what can be given.")) from error
    except DatabaseError as error:
        raise BadInput(_database_trouble(error)) from error


def _read_settings() -> None:
    """Read the settings now, so that what is wrong with them is told apart from what goes wrong later."""
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    try:
        _ = settings.SECRET_KEY
    except ImproperlyConfigured as error:
        raise BadInput(Problem("settings", str(error), "")) from error  # it says itself how to mend it
    except KeyError as error:
        what = f"{error.args[0]} is not set, and another setting needs it."
        raise BadInput(Problem("settings", what, "Add it to .env.")) from error
    except ValueError as error:
        raise BadInput(Problem("settings", f"{str(error).rstrip('.')}.", "Mend it in .env.")) from error


def _database_trouble(error: Exception) -> Problem:
    words = str(error).strip().splitlines()[0]
    if "no such table" in words or "does not exist" in words or "no such column" in words:
        return Problem("database", "it is older than the platform, or empty.", "Run: ithrive site migrate")
    if "locked" in words:
        return Problem("database", "somebody else is writing to it.", "Nothing was changed; try again soon.")
    return Problem("database", f"it answered “{words}”.", "Check DATABASE_URL, and that the server runs.")


def store_areas(gazetteer: "Gazetteer") -> str:
    from ithrive.web.areas.store import store
    from ithrive.web.history.record import Command

    stored = store(gazetteer, by=Command("areas load"))
    if not stored.changed:
        return f"{stored.country}: nothing changed; all of this was loaded before."
    counts = ", ".join(f"{count:,} {what}" for what, count in stored.counts.items())
    return f"{stored.country}: loaded {counts}."


def stored_areas(country: str) -> "Gazetteer":
    from ithrive.web.areas.gazetteers import countries, gazetteer_of

    known = [each.slug for each in countries()]
    if country not in known:
        what = f"the database holds no areas of “{country}”."
        mend = f"Choose one of: {', '.join(known)}." if known else "Run first: ithrive areas load MANIFEST"
        raise BadInput(Problem("--country", what, mend))
    return gazetteer_of(country)


def verified_history() -> str:
    from ithrive.web.history.models import Change
    from ithrive.web.history.record import head, verify

    reason = verify()
    if reason:
        mend = "Find out who could write to the database, and compare it with your last backup."
        raise BadInput(Problem("history", reason, mend))
    if not Change.objects.exists():
        return "The history is empty."
    number, digest = head()
    return f"The history is whole: {number:,} lines. The last one's digest is {digest}; keep it elsewhere."


def remind_of_rounds() -> str:
    from django.urls import reverse
    from django.utils import timezone

    from ithrive.web.assessments.reminders import remind
    from ithrive.web.history.record import Command

    sent = remind(
        today=timezone.localdate(),
        link_to=lambda round: _address() + reverse("assessments:round", args=[round.pk]),
        by=Command("assessments remind"),
    )
    if sent.failed:
        what = f"{sent.failed:,} letters could not be sent; {sent.letters:,} were."
        raise BadInput(Problem("e-mail", what, "Check the mail settings, then run this again."))
    return (
        f"Sent {sent.letters:,} reminders. Opened {sent.opened:,} rounds, recorded {sent.missed:,} as missed."
    )


def remind_of_returns() -> str:
    from django.urls import reverse
    from django.utils import timezone

    from ithrive.web.returns.reminders import remind

    sent = remind(
        today=timezone.localdate(),
        link_to=lambda found: _address() + reverse("returns:return", args=[found.pk]),
    )
    if sent.failed:
        what = f"{sent.failed:,} letters could not be sent; {sent.letters:,} were."
        raise BadInput(Problem("e-mail", what, "Check the mail settings, then run this again."))
    nobody = (
        f" Nobody to write to for returns: {sent.unreached:,} (/returns/board/)." if sent.unreached else ""
    )
    return f"Sent {sent.letters:,} reminders.{nobody} Removed {sent.swept:,} files that no return names."


def _address() -> str:
    """Where the site is reached, for links that a command writes."""
    from django.conf import settings

    from ithrive.web.server import bind

    host = settings.ALLOWED_HOSTS[0]
    if settings.SECURE:
        return f"https://{host}"
    # Nothing stands in front of a site without https, so people reach it at its own port.
    return f"http://{host}:{bind.rpartition(':')[2]}".removesuffix(":80")


def prepare_release(
    title: str, quarters: Sequence[str], measures: Sequence[str], country: str, rule: str
) -> str:
    from ithrive.web.overview import release_commands

    return release_commands.prepare(title, quarters, measures, country, rule)


def listed_releases() -> str:
    from ithrive.web.overview import release_commands

    return release_commands.listed()


def attacked_release(reference: str) -> str:
    from ithrive.web.overview import release_commands

    return release_commands.attacked(reference)


def load_demonstration() -> str:
    from ithrive.web.overview.demonstration import load

    return load()


def return_to_build() -> "Identity | None":
    """Whose return of which quarter the demonstration awaits from records."""
    from ithrive.web.overview.demonstration.returns.from_records import awaited

    return awaited()


def send_built_return(content: bytes) -> str:
    from ithrive.web.overview.demonstration.returns.from_records import send

    return send(content)


def demonstration_people() -> str:
    from ithrive.web.overview.demonstration import sign_ins

    return sign_ins()


def demonstration_code(email: str) -> str:
    from ithrive.web.overview.demonstration import code_of

    return code_of(email)


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def invite_administrator(email: str) -> str:
    """The link that the first administrator opens; others are invited on the site."""
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email
    from django.urls import reverse

    from ithrive.web.accounts.actions import invite
    from ithrive.web.history.record import Command
    from ithrive.web.overview.demonstration import loaded
    from ithrive.web.rights import Role

    try:
        validate_email(email)
    except ValidationError as error:
        what = f"“{email}” is not an email address."
        raise BadInput(Problem("EMAIL", what, "Write it as name@organisation.nhs.uk.")) from error
    if loaded():
        what = "it holds the demonstration, whose passphrase is published."
        raise BadInput(Problem("database", what, "Set DATABASE_URL to an empty one for a real programme."))
    links: list[str] = []

    def link_to(token: str) -> str:
        links.append(_address() + reverse("accounts:accept", args=[token]))
        return links[-1]

    invite(email=email, role=Role.ADMINISTRATOR, link_to=link_to, by=Command("site administrator"))
    return f"Invited {email}. The link works once, for fourteen days: {links[0]}"


def serve() -> None:
    """Become gunicorn, after making sure in one sentence that it can listen."""
    from ithrive.web.server import bind

    refuse_a_taken_address(bind)
    words = ["gunicorn", "--config", "python:ithrive.web.server", "ithrive.web.wsgi"]
    os.execv(sys.executable, [sys.executable, "-m", *words])  # noqa: S606  # our own words, no shell


def refuse_a_taken_address(bind: str) -> None:
    """gunicorn would try five times and fill the screen."""
    host, _, port = bind.rpartition(":")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            what = f"nobody can listen on {bind} ({error.strerror})."
            raise BadInput(Problem("port", what, "Choose another: make run PORT=8001")) from error


def manage(words: Sequence[str]) -> None:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["ithrive site manage", *words])
