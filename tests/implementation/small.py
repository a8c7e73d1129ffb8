"""A small Approach of four steps in two phases, and short ways to say what happened in it."""

from datetime import date, timedelta
from typing import Any

from ithrive.framework.approach import Approach
from ithrive.implementation import Evidence, Progress, Shows, progress

START = date(2020, 1, 6)


def small_approach() -> Approach:
    """Listen (8 weeks) → choose (4), then try (12) → share (6)."""
    source = {"title": "Test", "address": "https://example.org/"}
    quality = {
        "title": "Quality",
        "about": "Test",
        "mapping": "Ours",
        "checked_on": START,
        "sources": ["T"],
        "phases": [{"name": "One", "steps": [{"number": 1, "name": "Listen", "beside": ["listen"]}]}],
    }
    return Approach.model_validate(
        {
            "title": "A small approach",
            "about": "Test",
            "order": "Usual",
            "weeks": "Ours",
            "checked_on": START,
            "sources": ["T"],
            "quality": quality,
            "source_list": {"T": source},
            "phases": [
                _phase("plan", _step("listen", 8, "choose"), _step("choose", 4, "try")),
                _phase("carry-out", _step("try", 12, "share"), _step("share", 6, "listen")),
            ],
        }
    )


def _phase(code: str, *steps: dict[str, Any]) -> dict[str, Any]:
    name = code.replace("-", " ").capitalize()
    return {
        "code": code,
        "name": name,
        "basis": "ours",
        "purpose": "Test",
        "known": "All",
        "steps": list(steps),
    }


def _step(code: str, weeks: int, following: str) -> dict[str, Any]:
    return {
        "code": code,
        "name": code.capitalize(),
        "basis": "ours",
        "purpose": "Test",
        "outputs": ["Test"],
        "roles": ["Lead"],
        "usual_weeks": weeks,
        "usual_next": [following],
    }


SMALL = small_approach()


def week(number: float) -> date:
    return START + timedelta(days=round(7 * number))


def told(text: str, area: str = "Alderbrook") -> tuple[Evidence, ...]:
    """Evidence from lines such as "3 listen reached": the week, the step, what it shows."""
    lines = [line.split() for line in text.strip().splitlines()]
    return tuple(
        Evidence(area, step, Shows(shows), week(float(number)), "a note") for number, step, shows in lines
    )


def after(text: str, today: float, area: str = "Alderbrook") -> Progress:
    return progress(area, told(text, area), SMALL, week(today))
