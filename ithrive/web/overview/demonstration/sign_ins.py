"""How to sign in to the demonstration: said on the command line, never on a page of a real programme."""

import time

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from ithrive.problems import BadInput, Problem
from ithrive.web.accounts.models import Person
from ithrive.web.overview.demonstration.cast import CAST, PASSPHRASE, Acted
from ithrive.web.overview.demonstration.loading import STUDY, loaded

DIGITS = (
    "Who administers or signs off is asked for six digits as well. For these people of the demonstration,",
    "and for nobody else, a command shows what their telephone would: .venv/bin/ithrive demo code EMAIL",
)


def sign_ins() -> str:
    """Everyone's address and role, and the passphrase they share; empty where there is no demonstration."""
    if "people" not in loaded():
        return "There is no demonstration here; `ithrive demo load` makes one."
    lines = [f"The demonstration's people all sign in with the passphrase {PASSPHRASE}"]
    lines += [f"  {acted.email:<26}{_who(acted)}" for acted in CAST]
    return "\n".join([*lines, *DIGITS, *([STUDY] if "study" in loaded() else [])])


def code_of(email: str) -> str:
    """The digits an authenticator app would show now for a person of the demonstration."""
    acted = next((each for each in CAST if each.email == email.strip().lower()), None)
    if acted is None or "people" not in loaded() or not Person.objects.filter(email=acted.email).exists():
        what = "nobody of that address is in a demonstration here."
        raise BadInput(Problem(email, what, "`ithrive demo people` lists who is."))
    if not acted.has_authenticator:
        raise BadInput(
            Problem(email, "this person signs in without an authenticator.", "The passphrase is enough.")
        )
    return str(format_hotp_value(hotp_value(acted.secret, int(time.time()) // app_settings.TOTP_PERIOD)))


def _who(acted: Acted) -> str:
    where = f" in {' and '.join(acted.areas)}" if acted.areas else ""
    digits = ", with six digits" if acted.has_authenticator else ""
    return f"{acted.role.label}{where}{digits}"
