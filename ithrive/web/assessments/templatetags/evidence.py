"""`{% load evidence %}`: what was said in interviews, beside the statement that it is evidence for."""

from collections.abc import Mapping

from django import template

from ithrive.web.assessments.evidence import Evidence, evidence_by_statement
from ithrive.web.assessments.models import Round

register = template.Library()


@register.simple_tag
def evidence_of(round: Round) -> Mapping[str, list[Evidence]]:
    """`{% evidence_of round as said %}`: every passage of a round, in one query."""
    return evidence_by_statement(round)


@register.inclusion_tag("assessments/interviews/_evidence.html")
def passages_about(
    said: Mapping[str, list[Evidence]], code: str, number: int, remarks: bool = False
) -> dict[str, object]:
    """The passages on one statement. Remarks judge, so leave them out for those who have yet to rate."""
    return {"passages": said.get(code, []), "remarks": remarks, "number": number}
