"""Sending a quarter's figures from a system of an area: the only call that writes, and it needs a key."""

import re
from typing import Annotated, Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Header, Path, Query, Router, Schema, Status
from ninja.security import HttpBearer
from pydantic import StringConstraints

from ithrive.periods import Quarter
from ithrive.problems import BadInput, NotAllowed, Problem
from ithrive.returns import Finding
from ithrive.web.accounts.reach import PersonsReach
from ithrive.web.overview.api.words import Asked, Problems, ProblemSaid, Word, said
from ithrive.web.returns import calls, queries
from ithrive.web.returns.models import QuarterlyReturn, SendingKey
from ithrive.web.rights import Right

router = Router(tags=["returns"])
QuarterName = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-Q[1-4]$")]
# Visible characters only, as in the headers of other services that take such a name.
CallName = Annotated[str, StringConstraints(pattern=r"^[!-~]{1,100}$")]
NO_RETURN = "No return is expected of this area for this quarter, or the key may not send it."
BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": {"type": "object"}},
            "text/csv": {"schema": {"type": "string"}},
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
                "schema": {"type": "string", "format": "binary"}
            },
        },
    }
}


class WithKey(HttpBearer):
    """A key that a person made at /returns/keys/."""

    def authenticate(self, request: HttpRequest, token: str) -> SendingKey | None:
        return calls.key_of_secret(token)


class FindingSaid(ProblemSaid):
    """What the checks found of a figure."""

    severity: str = Field(description="“must fix” stands in the way; a “query” needs a reason.")
    rule: str
    code: str | None = Field(description="The code of the figure, or null where it is of several.")
    answer: str = Field(description="The reason that was given for the figure, or empty.")


class ReturnTaken(Schema):
    """The figures are taken, all of them."""

    number: int = Field(description="The return's page is /returns/{number}/.")
    version: int
    state: str = Field(description="draft or submitted; a person signs off, on the page.")
    figures: int = Field(description="How many figures were sent.")
    findings: list[FindingSaid]


class Refused(Problems):
    """Nothing was changed."""

    findings: list[FindingSaid] = []


class Named(Schema):
    """What the sender calls this call, so that the same one sent twice is done once."""

    idempotency_key: CallName | None = Field(None, alias="Idempotency-Key")


class SendAsked(Asked):
    submit: bool = Field(False, description="Submit it as well: then both happen, or neither.")


@router.post(
    "/returns/{country}/{kind}/{code}/{quarter}",
    auth=WithKey(),
    response={201: ReturnTaken, 401: Problems, 403: Problems, 404: Problems, 409: Problems, 422: Refused},
    summary="Send a quarter’s figures",
    openapi_extra=BODY,
)
def send_return(
    request: HttpRequest,
    country: Path[Word],
    kind: Path[Word],
    code: Path[Word],
    quarter: Path[QuarterName],
    asked: Query[SendAsked],
    named: Header[Named],
) -> Any:
    """As the file that `ithrive records` makes (JSON), as the CSV file or as the workbook of the return."""
    key: SendingKey = request.auth  # type: ignore[attr-defined] # ninja puts there what WithKey gave
    found = _return(key, country, kind, code, _quarter(quarter))
    try:
        original = calls.original_sent(_body(request), request.headers.get("Content-Type", ""))
        told = b"\n".join([request.get_full_path().encode(), original.name.encode(), original.content])

        def work() -> dict[str, Any]:
            taken = calls.take_sent(found=found, original=original, and_submit=asked.submit, by=key.person)
            return _taken(found, taken)

        return Status(201, calls.answered_once(key, named.idempotency_key or "", told, work))
    except calls.FoundWrong as wrong:
        problems = said(*(each.problem for each in wrong.findings))
        return Status(422, problems | {"findings": [_finding(each) for each in wrong.findings]})
    except NotAllowed as refusal:
        return Status(409, said(Problem("return", str(refusal), "")))


def _body(request: HttpRequest) -> bytes:
    try:
        return request.body
    except RequestDataTooBig:
        raise BadInput(Problem("body", "The file is too big.", "Send one return.")) from None


def _quarter(text: str) -> Quarter:
    found = re.fullmatch(r"(\d{4})-(\d{2})-(Q\d)", text, re.ASCII)
    if found is None:
        raise BadInput(Problem("quarter", "This is no quarter.", "Write it as 2026-27-Q1."))
    return Quarter.parse(f"{found[1]}/{found[2]} {found[3]}")


def _return(key: SendingKey, country: str, kind: str, code: str, quarter: Quarter) -> QuarterlyReturn:
    """The return, for somebody who may fill it in. Others learn nothing, not even that there is one."""
    reach = PersonsReach(key.person, timezone.localdate(), proved_second_factor=lambda: False)
    known = queries.returns(reach).filter(area__in=reach.having(Right.SEND_RETURN))
    try:
        starts = quarter.starts
    except ValueError:
        raise Http404(NO_RETURN) from None  # a year that no calendar has
    found = known.filter(
        area__country__slug=country, area__kind=kind, area__code=code, quarter_starts=starts
    ).first()
    if found is None:
        raise Http404(NO_RETURN)
    return found


def _taken(found: QuarterlyReturn, taken: calls.Taken) -> dict[str, Any]:
    return {
        "number": found.pk,
        "version": taken.version.number,
        "state": taken.version.state,
        "figures": taken.figures,
        "findings": [_finding(each) for each in taken.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "place": finding.place, "what": finding.what, "mend": finding.mend,
        "severity": finding.severity.value, "rule": finding.rule,
        "code": finding.key.text if finding.key else None, "answer": finding.answer,
    }  # fmt: skip
