"""A line of history on a study, and how whoever changed it is called in what is sealed for good."""

from collections.abc import Mapping
from typing import Any

from ithrive.web.accounts.models import Person
from ithrive.web.evaluation.models import Study
from ithrive.web.history.reading import EVALUATORS
from ithrive.web.history.record import Author, record


def tell(
    study: Study,
    by: Author,
    action: str,
    summary: str,
    *,
    after: Mapping[str, Any] | None = None,
    public: bool = False,
) -> None:
    """One line. Studies are told of to evaluators alone until results are public."""
    record(
        by=by,
        action=action,
        subject=f"study {study.slug}",
        summary=f"{study.name}: {summary}.",
        after=after,
        confidential_to="" if public else EVALUATORS,
    )


def sealed_name(by: Author) -> str:
    """What stands under a seal, which is for ever while a name must not be: the reference of the person."""
    return f"evaluator {by.reference}" if isinstance(by, Person) else by.reference


def person(by: Author) -> Person | None:
    return by if isinstance(by, Person) else None
