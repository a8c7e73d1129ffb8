"""A quarter's figures in a real browser: workbook out, filled in, errors by cell, mended, signed off."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.fixtures import Settings

from ithrive.returns.layout import CODE, FIRST_ROW, HEADINGS, NOW_COLUMN
from ithrive.returns.workbook import said
from ithrive.web.accounts.models import Person
from ithrive.web.returns.models import QuarterlyReturn
from ithrive.web.returns.versions import form_of
from tests.cast import Cast, signed_in
from tests.journeys.seeing import assert_good, take_picture
from tests.web.returns.scenes import methods, owed, sound

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(autouse=True)
def private_folder(settings: Settings, tmp_path: Path) -> None:
    settings.ITHRIVE_PRIVATE = tmp_path / "private"


@pytest.fixture
def due(cast: Cast) -> QuarterlyReturn:
    return owed(cast.alderbrook)


def page_of(context: BrowserContext, person: Person, base_url: str, *, second_factor: bool = False) -> Page:
    """A page in a browser in which this person is signed in."""
    client = signed_in(person, second_factor=second_factor)
    cookie = client.cookies["sessionid"].value
    context.clear_cookies()
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": base_url}])
    return context.new_page()


def filled_in(workbook: bytes, found: QuarterlyReturn, wrong: dict[str, object] | None = None) -> bytes:
    """The workbook with sound figures typed into it, but for those that are wrong."""
    figures = {key.text: said(figure.cell) for key, figure in sound(found).items()}
    answers = {f"{measure}?": words for measure, words in methods(found).items()}
    typed: dict[str, object] = {**figures, **answers, **(wrong or {})}
    book = load_workbook(io.BytesIO(workbook))
    for sheet in book.worksheets[1:]:
        for row in range(FIRST_ROW, sheet.max_row + 1):
            code = sheet.cell(row, HEADINGS.index(CODE) + 1).value
            sheet.cell(row, NOW_COLUMN).value = typed.get(str(code))  # type: ignore[assignment] # any value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def send(page: Page, content: bytes) -> None:
    page.get_by_label("The file with the figures").set_input_files(
        {"name": "figures.xlsx", "mimeType": XLSX, "buffer": content}
    )
    page.get_by_role("button", name="Check and take the figures").click()


def go(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_quarters_figures_go_from_a_workbook_to_signed_off(
    context: BrowserContext, cast: Cast, due: QuarterlyReturn, base_url: str
) -> None:
    ben = page_of(context, cast.ben, base_url)
    ben.goto("/returns/")
    assert_good(ben)
    go(ben, f"Alderbrook, {due.quarter.label}")
    assert_good(ben)
    with ben.expect_download() as taken:
        go(ben, "Workbook (Excel)")
    workbook = Path(taken.value.path()).read_bytes()

    go(ben, "Send a file with the figures")
    assert_good(ben)
    send(ben, filled_in(workbook, due, {"H3.started": "<5"}))
    expect(ben.get_by_role("alert")).to_contain_text("The file was not taken: nothing changed")
    place = form_of(due).places["H3.started"]
    expect(ben.get_by_role("row", name=place)).to_contain_text("“<5” hides the number.")
    assert_good(ben)
    take_picture(ben, "return-refused")
    with ben.expect_download() as marked:
        ben.get_by_role("link", name="Your workbook with what was found").click()
    sheet, _, cell = place.rpartition(", ")
    comment = load_workbook(io.BytesIO(Path(marked.value.path()).read_bytes()))[sheet][cell].comment
    assert comment is not None
    assert "hides the number" in comment.text

    go(ben, "Send it again")
    send(ben, filled_in(workbook, due))
    expect(ben.get_by_role("main")).to_contain_text("The figures are taken. The checks found nothing.")
    go(ben, "Submit the return")
    assert_good(ben)
    press(ben, "Submit the return")
    expect(ben.get_by_role("main")).to_contain_text("The return is submitted.")

    pat = page_of(context, cast.pat, base_url)
    pat.goto(f"/returns/{due.pk}/")
    go(pat, "Ask about a figure")
    pat.get_by_label("What you want to know").fill("Did a team join?")
    assert_good(pat)
    press(pat, "Ask about a figure")
    pat.goto("/returns/board/")
    expect(pat.get_by_role("main")).to_contain_text("1 of 1 received")
    assert_good(pat)

    ben = page_of(context, cast.ben, base_url)
    ben.goto(f"/returns/{due.pk}/")
    ben.get_by_role("link", name="Answer on The whole return").click()
    ben.get_by_label("Your answer").fill("Yes, in July.")
    press(ben, "Answer a question")
    go(ben, "Submit the return")
    press(ben, "Submit the return")

    ada = page_of(context, cast.ada, base_url, second_factor=True)
    ada.goto(f"/returns/{due.pk}/")
    assert_good(ada)
    take_picture(ada, "return-page")
    go(ada, "Sign off the return")
    press(ada, "Sign off the return")
    expect(ada.get_by_role("main")).to_contain_text("The return is signed off.")
    assert_good(ada)

    go(ada, "Send the figures again")
    ada.get_by_label("Why the figures are sent again").fill("Late records")
    press(ada, "Send the figures again")
    go(ada, "Getting Help")
    ada.wait_for_load_state()
    expect(ada.get_by_role("button", name="Save and continue")).to_be_visible()
    assert_good(ada)
    take_picture(ada, "return-section", height=900)
    # With the keyboard alone: to the first number, another one, and on to the next box, which saves it.
    box = ada.locator('[name="figure:H3.p90-days"], [name^="figure:H3."]').last
    box.focus()
    ada.keyboard.press("ControlOrMeta+A")
    ada.keyboard.type("11")
    ada.keyboard.press("Tab")
    expect(ada.get_by_text("Everything is saved.")).to_be_visible()
    press(ada, "Save and continue")
    ada.goto(f"/returns/{due.pk}/versions/2/")
    expect(ada.get_by_role("main")).to_contain_text("1 returned figure changed")
    assert_good(ada)
    take_picture(ada, "return-differences")


def test_a_section_is_filled_in_without_javascript(
    browser: Browser, cast: Cast, due: QuarterlyReturn, base_url: str
) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    ben = page_of(context, cast.ben, base_url)
    ben.goto(f"/returns/{due.pk}/start/")
    press(ben, "Fill in the return here")
    go(ben, "Thriving")
    boxes = ben.locator('[name^="figure:"]')
    boxes.nth(0).fill("12")
    boxes.nth(1).fill("n/a")
    press(ben, "Save and continue")
    expect(ben.get_by_role("main")).to_contain_text("“n/a” can mean nought, missing, or does not apply.")
    assert boxes.nth(1).input_value() == "n/a"
    boxes.nth(1).fill("")
    ben.locator('[name^="state:"]').nth(1).select_option("not applicable")
    press(ben, "Save and continue")
    expect(ben.get_by_role("heading", level=1)).to_contain_text("Getting Advice and Signposting")
    context.close()
