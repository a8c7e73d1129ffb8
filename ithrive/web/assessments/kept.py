"""What somebody had typed when their session turned out to be lost: kept until they have signed in again.

It is kept in the session of a browser in which nobody is signed in, under a signed note of whose page it
was: only a page that we gave to a rater can leave anything here, and only that rater is shown it again.
"""

from django.core import signing
from django.http import HttpRequest, QueryDict

from ithrive.web.assessments.models import RaterOnRound

SALT = "a rating page"
KEPT_FOR = 24 * 60 * 60  # seconds


def mark_of(rater: RaterOnRound) -> str:
    """The note that a rater's page carries."""
    return signing.dumps([rater.pk, rater.person_id], salt=SALT)


def keep(request: HttpRequest) -> None:
    """Keep what was sent by somebody who is not signed in any more."""
    if _owner(request.POST) is not None:
        request.session[SALT] = request.POST.urlencode()


def take(request: HttpRequest, rater: RaterOnRound) -> QueryDict | None:
    """What this rater had typed, once; nothing if it was somebody else's."""
    text = request.session.pop(SALT, None)
    if not text:
        return None
    sent = QueryDict(text)
    return sent if _owner(sent) == (rater.pk, rater.person_id) else None


def _owner(sent: QueryDict) -> tuple[int, int] | None:
    try:
        rater, person = signing.loads(sent.get("page", ""), salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    return rater, person
