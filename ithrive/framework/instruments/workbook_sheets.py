"""The sheets of an instrument's workbook and their headings, each with the field that it holds."""

ABOUT, LEVELS, STATEMENTS = "About", "Levels", "Statements"
WHAT = ("What", "Value", "How to fill it in")

ABOUT_FIELDS = {
    "code": ("Code", "Lower-case letters with hyphens. The same in every version of this instrument."),
    "version": ("Version", "Such as 1, 2.1 or 2026-draft. A version that is in use never changes: raise it."),
    "title": ("Title", "What people call the instrument."),
    "licence": ("Licence", "Whose words these are, and under which terms you may use them."),
    "demonstration": ("Demonstration", "no for the real instrument; yes for practice wording."),
    "total": ("Total", "sum or mean: how the scores of a level are added on the instrument's own scale."),
}
LEVEL_FIELDS = {"code": "Code", "name": "Name", "purpose": "Purpose"}
SCORES = ("Score 1 means", "Score 2 means", "Score 3 means", "Score 4 means")
STATEMENT_FIELDS = {
    "code": "Code",
    "level": "Level",
    "principle": "Principle",
    "text": "Statement",
    **{f"anchors {number}": heading for number, heading in enumerate(SCORES, 1)},
    "question": "Question",
    "evidence": "Evidence",
    "measure": "Measure",
    "weight": "Weight",
}
