"""What support can have been given, how it adds up, and how a list of it is read."""

from datetime import date
from decimal import Decimal

import pytest

from ithrive.areas.support import SupportGiven, SupportKind, SupportTotal, days_of, totals, why_not_support
from ithrive.areas.support_list import SupportLine, read_support
from ithrive.areas.timeline import Life
from ithrive.problems import BadInput

TODAY = date(2026, 6, 1)
LIFE = Life("Alderbrook", date(2015, 4, 1), date(2021, 4, 1), ("Greater Alder",))
HEAD = "date,code,kind,days,given_by,purpose\n"


def given(on: date = date(2020, 1, 1), kind: str = "coaching", days: str = "1") -> SupportGiven:
    return SupportGiven("T001", on, SupportKind(kind), Decimal(days), "Col", "A first meeting")


@pytest.mark.parametrize(
    ("on", "reason"),
    [
        (date(2026, 6, 2), "Support is recorded once it was given. Give a day that is not in the future."),
        (date(2015, 3, 31), "Alderbrook did not exist before 1 April 2015."),
        (
            date(2021, 4, 1),
            (
                "Alderbrook ended on 1 April 2021 and became Greater Alder. "
                "Record the support where it was given."
            ),
        ),
        (date(2021, 3, 31), None),
    ],
)
def test_support_is_given_to_an_area_while_it_exists(on: date, reason: str | None) -> None:
    assert why_not_support(given(on), LIFE, TODAY) == reason


def test_an_ended_area_without_successors() -> None:
    gone = Life("Alderbrook", None, date(2021, 4, 1))
    assert str(why_not_support(given(date(2022, 1, 1)), gone, TODAY)).startswith(
        "Alderbrook ended on 1 April 2021. "
    )


@pytest.mark.parametrize(
    ("text", "days"),
    [("1", "1"), (" 0.5 ", "0.5"), ("1,5", "1.5"), ("", None), ("one", None), ("1e3", None), ("1.2.3", None)],
)
def test_days_as_people_write_them(text: str, days: str | None) -> None:
    assert days_of(text) == (Decimal(days) if days else None)


def test_totals_by_kind() -> None:
    log = [given(kind="coaching", days="0.5"), given(kind="call", days="0.25"), given(kind="coaching")]
    assert totals(log) == (
        SupportTotal(SupportKind.COACHING, 2, Decimal("1.5")),
        SupportTotal(SupportKind.CALL, 1, Decimal("0.25")),
    )


def test_a_list_is_read() -> None:
    text = HEAD + "2020-01-01,T001,Coaching,1,Col,A first meeting\n"
    assert read_support(text.encode(), name="log.csv") == (SupportLine(2, given()),)


def test_every_mistake_is_named_by_its_cell() -> None:
    text = (
        HEAD
        + "1 May,T001,coaching,1,Col,Visit\n"
        + ",T001,party,half,,Visit\n"
        + f"2020-01-01,,call,1,Col,{'x' * 301}\n"
    )
    with pytest.raises(BadInput) as refusal:
        read_support(text.encode(), name="log.csv")
    assert [str(problem) for problem in refusal.value.problems] == [
        "log.csv, row 2, column date: “1 May” is not a date. Write year-month-day, such as 2024-03-31.",
        "log.csv, row 3, column date: It is empty. Write year-month-day, such as 2024-03-31.",
        (
            "log.csv, row 3, column kind: “party” is not a kind of support. "
            "Write one of coaching, workshop, training, consultancy, event, call."
        ),
        "log.csv, row 3, column days: “half” is not a number of days. Write a number, such as 0.5.",
        "log.csv, row 3, column given_by: It is empty. Fill it in.",
        "log.csv, row 4, column code: It is empty. Fill it in.",
        "log.csv, row 4, column purpose: It has 301 characters. Use at most 300.",
    ]


def test_a_list_without_end_is_refused() -> None:
    text = HEAD + "2020-01-01,T001,call,1,Col,Visit\n" * 5001
    with pytest.raises(BadInput, match="5,001 lines"):
        read_support(text.encode(), name="log.csv")
