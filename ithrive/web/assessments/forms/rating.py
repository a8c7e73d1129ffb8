"""What a rating page sends: for each statement a score or a reason, evidence, and what it was made from."""

import re
from dataclasses import dataclass, replace
from hashlib import sha256

from django.http import QueryDict

from ithrive.assessments.moderation import why_not_keep
from ithrive.assessments.ratings import Rating as RatingValue
from ithrive.web.assessments.actions import Draft
from ithrive.web.assessments.models import Rating

CANNOT = "cannot"
SAY_WHY = "Say why you cannot rate this statement."
CHOOSE = "Choose which of the two to keep."
UNSETTLED = "conflict"  # stands where the digest does while somebody has to choose


@dataclass(frozen=True, slots=True)
class Typed:
    """One statement as it stands in the boxes of a page.

    `choice` is "1" to "4", "cannot" or nothing; `saves` the number of the save that the page was made from;
    `untouched` says that nobody changed the boxes since.
    """

    choice: str = ""
    why: str = ""
    evidence: str = ""
    saves: int = 0
    untouched: bool = False
    unsettled: bool = False
    keep: str = ""  # "mine" or "theirs", where another tab or device saved something else

    @property
    def seen(self) -> str:
        """What the page sends back with the boxes, to tell what they were made from."""
        return f"{self.saves}:{UNSETTLED if self.unsettled else self.digest}"

    @property
    def digest(self) -> str:
        return sha256(f"{self.choice}\x1f{self.why}\x1f{self.evidence}".encode()).hexdigest()[:16]

    def problem(self) -> str | None:
        """The reason this cannot be saved as it stands."""
        if self.choice == CANNOT and not self.why:
            return SAY_WHY
        draft = self.draft("")
        return why_not_keep(RatingValue("", "", draft.score, draft.cannot_rate, draft.evidence))

    def draft(self, statement: str) -> Draft:
        score = int(self.choice) if self.choice.isdecimal() else None
        return Draft(statement, score, self.why if self.choice == CANNOT else "", self.evidence, self.saves)


def typed_from(row: Rating | None) -> Typed:
    """The boxes as they show what was saved."""
    if row is None:
        return Typed()
    choice = str(row.score) if row.score else CANNOT if row.cannot_rate else ""
    return Typed(choice, row.cannot_rate, row.evidence, row.saves)


def read(sent: QueryDict, code: str) -> Typed | None:
    """What the boxes of one statement held when they were sent; None where the page did not show it."""
    seen = re.fullmatch(r"(\d{1,9}):(\w{1,20})", str(sent.get(f"seen-{code}", "")))
    if seen is None:
        return None
    typed = Typed(
        choice=one_of(str(sent.get(f"score-{code}", ""))),
        why=plain(str(sent.get(f"why-{code}", ""))),
        evidence=plain(str(sent.get(f"evidence-{code}", ""))),
        saves=int(seen[1]),
        unsettled=seen[2] == UNSETTLED,
        keep=str(sent.get(f"keep-{code}", "")),
    )
    return replace(typed, untouched=typed.digest == seen[2])


def one_of(choice: str) -> str:
    """A choice as sent: a whole number even off the scale, which the rules refuse in words; or nothing."""
    return choice if choice == CANNOT or re.fullmatch(r"[0-9]{1,3}", choice) else ""


def plain(text: str) -> str:
    """Text as every browser would send it: one kind of line end, nothing that no database keeps."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
