"""What an author may do: a person by the roles they hold today, a command everything."""

from django.utils import timezone

from ithrive.problems import NotAllowed
from ithrive.web.accounts.models import Person
from ithrive.web.accounts.reach import held_on
from ithrive.web.history.record import Author
from ithrive.web.rights import Held, Role


def held_by(author: Author | None) -> tuple[Held, ...]:
    """Whoever can run commands owns the database, and so may all that an administrator may."""
    if isinstance(author, Person):
        return held_on(timezone.localdate(), author)
    return (Held(Role.ADMINISTRATOR),)


def refuse(reason: str | None) -> None:
    if reason:
        raise NotAllowed(reason)
