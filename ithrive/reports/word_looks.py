"""How a Word file looks: letters, paper, marks on every page, tables that break between rows alone."""

from typing import Any

LETTERS = "Arial"
STYLED = ("Normal", "Title", "Heading 1", "Heading 2", "Caption")


def looks(file: Any) -> None:
    """A4, our letters and ink, text said to be British English."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    page = file.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    for name in STYLED:
        style = file.styles[name]
        letters = style.element.get_or_add_rPr().get_or_add_rFonts()
        for each in list(letters.attrib):
            del letters.attrib[each]
        style.font.name, style.font.color.rgb = LETTERS, RGBColor(0x21, 0x2B, 0x32)
    file.styles["Normal"].font.size = Pt(10)
    caption = file.styles["Caption"]
    caption.font.size, caption.paragraph_format.keep_with_next = Pt(10), True
    source = file.styles.add_style("Source", WD_STYLE_TYPE.PARAGRAPH)
    source.base_style, source.font.size = file.styles["Normal"], Pt(8)
    for language in file.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def marks_and_pages(file: Any, mark: str, title: str) -> None:
    """The mark at the head of every page; the title and the page's number at its foot."""
    page = file.sections[0]
    page.header.paragraphs[0].add_run(mark).bold = True
    foot = page.footer.paragraphs[0]
    foot.add_run(f"{title} · page ")
    _field(foot.add_run(), "PAGE")


def repeat_heading(row: Any) -> None:
    """The row is a header row: read out as one, and repeated on each page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def keep_row_whole(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _field(run: Any, code: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", None, "end"):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = code
        run._r.append(part)
