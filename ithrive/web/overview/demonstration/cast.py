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
    signs_off: bool = False

    @property
    def email(self) -> str:
        return f"{self.name.split()[0].lower()}@{DOMAIN}"

    @property
    def has_authenticator(self) -> bool:
        """Who administers or signs off must prove a second factor. Other leads and evaluators may sign off
        too, once they set one up; without, visitors who only look around need no code."""
        return self.role is Role.ADMINISTRATOR or self.signs_off

    @property
    def secret(self) -> str:
        """What this person's authenticator app shares with the site."""
        return b32encode(sha256(f"{SEED} {self.email}".encode()).digest()[:20]).decode()


COACHES = ("Col Marsh", "Dot Fernley", "Ned Sallow")
CAST = (
    Acted("Dan Whitlow", Role.ADMINISTRATOR),
    Acted("Pat Ellery", Role.PROGRAMME),
    Acted("Eve Harrow", Role.EVALUATOR),
    Acted("Fay Linnet", Role.EVALUATOR, signs_off=True),
    Acted("Gus Teasel", Role.EVALUATOR),
    Acted(COACHES[0], Role.COACH, ("Alderbrook",)),
    Acted(COACHES[1], Role.COACH, ("Brackenford",)),
    Acted(COACHES[2], Role.COACH, ("Alderbrook", "Brackenford")),
    Acted("Ada Merrow", Role.LEAD, ("Alderbrook",)),
    # The second person: what Ada moderates, Liv signs off.
    Acted("Liv Sorrel", Role.LEAD, ("Alderbrook",), signs_off=True),
    Acted("Ben Tarn", Role.CONTRIBUTOR, ("Alderbrook",)),
    Acted("Mia Sedge", Role.MEMBER, ("Alderbrook",)),
    Acted("Cam Rushby", Role.LEAD, ("Brackenford",)),
    # Of an area outside the programme that a study asks for figures and rounds. Why it is asked, evaluators
    # alone may read on a page.
    Acted("Kit Lorrimer", Role.LEAD, ("Campionbrook",)),
)


def coaches_of(area: str) -> tuple[str, ...]:
    """Who coaches this area; where nobody of the cast does, any coach of the programme may come."""
    own = tuple(each.name for each in CAST if each.role is Role.COACH and area in each.areas)
    return own or COACHES
