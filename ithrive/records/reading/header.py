"""What the header says of provider and month, for files whose rows do not."""

from collections.abc import Sequence
from pathlib import Path

from ithrive.records.engine import Engine
from ithrive.records.model import model
from ithrive.records.reading.contents import Opened
from ithrive.records.reading.findings import Finding
from ithrive.records.reading.typed import Header, read_table


def header_of(files: Sequence[Opened], *, engine: Engine, folder: Path, findings: list[Finding]) -> Header:
    """The one provider and the one month of the header; None where it names none or several."""
    if not files:
        return Header()
    table = read_table(model()["MHS000"], files, engine=engine, folder=folder, header=Header()).table
    rows = engine.connection.to_pyarrow(table.select("OrgIDProv", "UniqMonthID").distinct()).to_pylist()
    providers = {row["OrgIDProv"] for row in rows} - {None}
    months = {row["UniqMonthID"] for row in rows} - {None}
    return Header(
        provider=next(iter(providers)) if len(providers) == 1 else None,
        month=int(next(iter(months))) if len(months) == 1 else None,
    )
