"""An interview guide as a Word document: headings, anchors as prompts, a ruled box for notes."""

import io

from docx import Document
from docx.document import Document as Word
from docx.shared import Cm, Pt

from ithrive.assessments.guide import LINES_FOR_NOTES, GuideQuestion, InterviewGuide

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LINE = Cm(0.8)


def in_word(guide: InterviewGuide, title: str) -> bytes:
    """The guide as the bytes of a .docx file. `title` says which round it is for."""
    document = Document()
    document.core_properties.title = f"{guide.frame.title}: {title}"
    document.core_properties.author = ""
    document.core_properties.language = "en-GB"
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(11)
    document.add_heading(f"{guide.frame.title}: {title}", 0)
    _about(document, guide)
    _told(document, "Before you begin", guide.frame.introduction)
    _told(document, "Consent", guide.frame.consent, style="List Bullet")
    for section in guide.sections:
        document.add_heading(section.name, 1)
        document.add_paragraph(section.purpose)
        for question in section.questions:
            _question(document, question)
    _told(document, "To close", guide.frame.closing, style="List Bullet")
    _notes(document)
    _told(document, "Afterwards", (guide.frame.afterwards,))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _about(document: Word, guide: InterviewGuide) -> None:
    document.add_paragraph(f"{guide.instrument}. {guide.notice}".strip())
    document.add_paragraph(f"{guide.licence} Introduction and consent: {guide.wording}")
    document.add_paragraph(
        "Informant number: ______   Day: ____________   Consent: notes □  transcript □  passages □"
    )


def _told(document: Word, heading: str, sentences: tuple[str, ...], *, style: str | None = None) -> None:
    document.add_heading(heading, 1)
    for sentence in sentences:
        document.add_paragraph(sentence, style=style)


def _question(document: Word, question: GuideQuestion) -> None:
    document.add_heading(f"{question.number}. {question.question}", 2)
    about = document.add_paragraph()
    about.add_run(question.principle).bold = True
    about.add_run(f": {question.about}")
    if question.measure:
        document.add_paragraph(f"Look at the figure: {question.measure}")
    document.add_paragraph("Listen for:")
    for score, anchor in question.listen_for:
        document.add_paragraph(f"{score}: {anchor}", style="List Bullet")
    _notes(document)


def _notes(document: Word) -> None:
    """A box of one cell that grows with what is typed into it."""
    box = document.add_table(rows=1, cols=1)
    box.style = "Table Grid"
    box.rows[0].height = LINE * LINES_FOR_NOTES
    box.rows[0].cells[0].text = "Notes:"
    document.add_paragraph()
