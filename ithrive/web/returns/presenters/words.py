"""How pages say where a return stands."""

from datetime import date

from ithrive.areas.timeline import plain_day
from ithrive.returns.life import State
from ithrive.returns.schedule import Standing, standing
from ithrive.web.components.parts import Params, tag
from ithrive.web.returns.models import QuarterlyReturn, Version
from ithrive.web.returns.versions import in_force, received_on, under_way

COLOURS = {
    State.DRAFT: "grey",
    State.SUBMITTED: "blue",
    State.QUERIED: "orange",
    State.SIGNED_OFF: "green",
    State.REPLACED: "grey",
}
CAME_BY = {
    "workbook": "the workbook",
    "csv": "the CSV file",
    "form": "the pages here",
    "api": "the API",
    "records": "a file that “ithrive records” made",
}


def now(found: QuarterlyReturn, versions: list[Version], today: date) -> str:
    """In a few words: what was sent, or how pressing it is."""
    current = under_way(versions)
    if current and in_force(versions):
        return f"Signed off; version {current.number} is {current.state}"
    if current and current.state != State.DRAFT:
        return current.state.capitalize()
    if in_force(versions):
        return "Signed off"
    begun = "; a draft is begun" if current else ""
    return f"{_NOT_SENT[standing(found.expected, today)]}{begun}"


_NOT_SENT = {
    Standing.TO_COME: "To come",
    Standing.DUE: "Due",
    Standing.LATE: "Late",
    Standing.CLOSED: "Closed without figures",
}


def arrived(found: QuarterlyReturn, versions: list[Version]) -> str:
    """When it first came, and whether that was in time."""
    on = received_on(versions)
    if on is None:
        return "Not yet"
    return f"{plain_day(on)}{', late' if on > found.due_on else ''}"


def state_tag(state: str) -> Params:
    return tag(state.capitalize(), COLOURS[State(state)])
