"""The columns of a REDCap data dictionary, and the fields of ours that stand beside the statements.

`about_instrument` carries what concerns the whole, and `about_level_1` and so on one level each, so that
REDCap shows them as headings and nothing is lost on the way.
"""

from ithrive.framework.instrument import RESERVED

VARIABLE, FORM, SECTION, TYPE, LABEL = (
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
)
CHOICES, NOTE, ANNOTATION = "Choices, Calculations, OR Slider Labels", "Field Note", "Field Annotation"
COLUMNS = (
    VARIABLE,
    FORM,
    SECTION,
    TYPE,
    LABEL,
    CHOICES,
    NOTE,
    "Text Validation Type OR Show Slider Number",
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

# Which annotations each kind of field may carry; a statement's level and principle are among them.
ABOUT_KEYS = ("version", "licence", "demonstration", "total")
LEVEL_KEYS = ("level",)
STATEMENT_KEYS = ("level", "principle", "evidence", "measure", "weight")
