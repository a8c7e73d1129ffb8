"""The people of the demonstration programme. Their addresses can belong to nobody (RFC 2606)."""

from base64 import b32encode
from dataclasses import dataclass
from hashlib import sha256

from ithrive.web.overview.demonstration.seed import SEED
from ithrive.web.rights import Role

DOMAIN = "thornmere.example"
# Published on purpose: these people exist in demonstrations alone, which refuse to stand beside real people.
PASSPHRASE = "quiet-heron-reeds-7"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Acted:
    """Someone in the demonstration, with a role everywhere or in the areas named."""

    name: str
    role: Role
    areas: tuple[str, ...] = ()

    @property
    def email(self) -> str:
        return f"{self.name.split()[0].lower()}@{DOMAIN}"

    @property
    def has_authenticator(self) -> bool:
        """Who administers must prove a second factor."""
        return self.role is Role.ADMINISTRATOR

    @property
    def secret(self) -> str:
        """What this person's authenticator app shares with the site."""
        return b32encode(sha256(f"{SEED} {self.email}".encode()).digest()[:20]).decode()


COACHES = ("Col Marsh", "Dot Fernley", "Ned Sallow")
CAST = (
    Acted("Dan Whitlow", Role.ADMINISTRATOR),
    Acted("Pat Ellery", Role.PROGRAMME),
    Acted("Eve Harrow", Role.EVALUATOR),
    Acted("Fay Linnet", Role.EVALUATOR),
    Acted("Gus Teasel", Role.EVALUATOR),
    Acted(COACHES[0], Role.COACH, ("Alderbrook",)),
    Acted(COACHES[1], Role.COACH, ("Brackenford",)),
    Acted(COACHES[2], Role.COACH, ("Alderbrook", "Brackenford")),
    Acted("Ada Merrow", Role.LEAD, ("Alderbrook",)),
    Acted("Ben Tarn", Role.CONTRIBUTOR, ("Alderbrook",)),
    Acted("Mia Sedge", Role.MEMBER, ("Alderbrook",)),
    Acted("Cam Rushby", Role.LEAD, ("Brackenford",)),
)
