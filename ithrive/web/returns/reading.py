"""Reading what was sent, by what kind of file it is: the same rules for each."""

from ithrive.returns import Reading, read_workbook
from ithrive.returns.reading import read_csv_return, return_file_in
from ithrive.web.returns.actions.taking import Original
from ithrive.web.returns.models import QuarterlyReturn
from ithrive.web.returns.versions import form_of, identity_of

READERS = {"xlsx": read_workbook, "csv": read_csv_return, "json": return_file_in}


def read_original(found: QuarterlyReturn, original: Original) -> Reading:
    """What a file says, by the ending of its name. Raises BadInput for one that is no such file."""
    read = READERS[original.name.rsplit(".", 1)[-1].lower()]
    return read(original.content, original.name, form=form_of(found), expected=identity_of(found))
