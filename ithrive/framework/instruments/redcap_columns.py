"""The columns of a REDCap data dictionary, and the fields of ours that stand beside the statements.

`about_instrument` carries what concerns the whole, and `about_level_1` and so on one level each, so that
REDCap shows them as headings and nothing is lost on the way.
"""

from ithrive.framework.instrument import RESERVED, UNRATED, WHY

VARIABLE, FORM, SECTION, TYPE, LABEL = (
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
)
CHOICES, NOTE, ANNOTATION = "Choices, Calculations, OR Slider Labels", "Field Note", "Field Annotation"
VALIDATION = "Text Validation Type OR Show Slider Number"
COLUMNS = (
    VARIABLE,
    FORM,
    SECTION,
    TYPE,
    LABEL,
    CHOICES,
    NOTE,
    VALIDATION,
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    ANNOTATION,
)
NEEDED = (VARIABLE, FORM, SECTION, TYPE, LABEL, CHOICES, NOTE, ANNOTATION)
ABOUT = f"{RESERVED}instrument"
ABOUT_LEVEL = f"{RESERVED}level_"

# What a record says before its scores: whose round it is, and which. REDCap's own record and event names
# cannot be taken apart again.
RECORD_FIELDS = {
    f"{RESERVED}code": "The area's code",
    f"{RESERVED}kind": "Kind of area",
    f"{RESERVED}due": "The day on which the round was due",
    f"{RESERVED}study": "Short name of the study; empty outside any",
}
DUE = f"{RESERVED}due"

# Which annotations each kind of field may carry; a statement's level and principle are among them.
ABOUT_KEYS = ("version", "licence", "demonstration", "total")
LEVEL_KEYS = ("level",)
STATEMENT_KEYS = ("level", "principle", "evidence", "measure", "weight")


def beside(statement: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """Names and types of the two fields beside a statement's own: that it cannot be rated, and the reason."""
    return (f"{statement}{UNRATED}", "yesno"), (f"{statement}{WHY}", "notes")
