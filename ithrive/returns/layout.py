"""Where everything stands in the workbook of a return: sheets, columns, rows."""

from ithrive.measures import CellState

START = "Start here"
MEASURE, FIGURE, WHOM, NOW, LAST, NOTE, LOOK_AT, CODE = HEADINGS = (
    "Measure",
    "Figure",
    "Of whom",
    "This quarter",
    "Last quarter",
    "Reason or note",
    "To look at",
    "Code",
)
FIRST_ROW = 2
NOW_COLUMN = HEADINGS.index(NOW) + 1
# A spreadsheet has no room for longer titles.
LONGEST_TITLE = 31

# What the cover says, by the label it stands beside.
AREA, AREA_CODE, COUNTRY, QUARTER, VERSION, CHECK, SUBMISSION, NOTES = (
    "Area",
    "Area code",
    "Country",
    "Quarter",
    "Form version",
    "Form check",
    "Submission",
    "Notes on the whole return",
)

# Why there is no number, in words: marks such as “-” and “n/a” mean different things to different people.
STATES = {
    state.value: state
    for state in (
        CellState.SUPPRESSED,
        CellState.NOT_SUBMITTED,
        CellState.NOT_APPLICABLE,
        CellState.WITHHELD,
    )
}


def sheet_title(name: str) -> str:
    """What a spreadsheet lets a sheet be called."""
    return name[:LONGEST_TITLE]
