"""Reading an instrument from a file of any of its formats, and ours for demonstrations."""

from functools import cache
from pathlib import Path
from typing import Protocol

from ithrive.framework.definition_files import OURS
from ithrive.framework.instrument import Instrument
from ithrive.framework.instruments.redcap_reading import from_redcap
from ithrive.framework.instruments.toml import from_toml
from ithrive.framework.instruments.workbook_reading import from_xlsx
from ithrive.problems import BadInput, Problem


class Reader(Protocol):
    def __call__(self, source: Path | bytes, *, name: str) -> Instrument: ...


READERS: dict[str, Reader] = {".toml": from_toml, ".csv": from_redcap, ".xlsx": from_xlsx}


def read_instrument(source: Path | bytes, name: str) -> Instrument:
    """The instrument in a TOML file, a REDCap data dictionary (CSV) or a workbook, as the name's ending says.

    Raises BadInput with everything that is wrong, each at its place in the file.
    """
    reader = READERS.get(Path(name).suffix.lower())
    if reader is None:
        what = f"A file of this kind cannot be read. An instrument is a {', '.join(READERS)} file."
        raise BadInput(Problem(name, what, "Save it as one of these."))
    return reader(source, name=name)


@cache
def demonstration_instrument() -> Instrument:
    """Ours, in our own words: for demonstrations and practice, and never the published tool."""
    return read_instrument(OURS / "demonstration-instrument.toml", "demonstration-instrument.toml")
