"""Whatever bytes are given as a published file: figures, or a sentence, and never anything else."""

import gzip
import tempfile
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ithrive.problems import BadInput
from ithrive.returns.published import Imported, import_published
from ithrive.returns.published.mhsds import NEEDS
from tests.returns.published.small_files import mhsds, mhsds_row
from tests.returns.published.test_waits_workbook import made

MHSDS_HEADINGS = ",".join(NEEDS).encode()
OTHERS = (
    b"HB,Month,Seen,SeenQF\n",
    b"indicator,unit,org_type,org_code,org_name,period,fy,quarter,plan_or_actual,value,flag\n",
    b"date,measure,count\n",
)
few = settings(max_examples=40)


@cache
def whole_files() -> dict[str, bytes]:
    """A good file of each sort of packing, made once, so that every example damages the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        plain = mhsds(Path(folder), *(mhsds_row(primary_level=f"A{n}") for n in range(5))).read_bytes()
        return {"a.csv": plain, "a.csv.gz": gzip.compress(plain), "a.xlsx": made(Path(folder)).read_bytes()}


def attempt(content: bytes, name: str = "file.csv") -> Imported | BadInput:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        try:
            return import_published([path])
        except BadInput as bad:
            refused = bad
    assert all(problem.place and problem.what and problem.mend for problem in refused.problems)
    return refused


@few
@given(st.binary(max_size=300))
def test_random_bytes(content: bytes) -> None:
    attempt(content)
    attempt(content, "file.xlsx")


@few
@given(st.sampled_from((MHSDS_HEADINGS + b"\n", *OTHERS)), st.binary(max_size=300))
def test_random_bytes_below_known_headings(headings: bytes, content: bytes) -> None:
    attempt(headings + content)


@few
@given(st.sampled_from((MHSDS_HEADINGS.decode() + "\n", *(each.decode() for each in OTHERS))), st.data())
def test_random_cells_below_known_headings(headings: str, data: st.DataObject) -> None:
    width = headings.count(",") + 1
    cell = st.text(st.characters(exclude_characters=',"\r\n', codec="utf-8"), max_size=12)
    rows = data.draw(st.lists(st.lists(cell, min_size=width, max_size=width), max_size=4))
    content = headings + "".join(",".join(row) + "\n" for row in rows)
    attempt(content.encode())


@few
@given(st.data())
def test_truncated_files(data: st.DataObject) -> None:
    for name, content in whole_files().items():
        cut = data.draw(st.integers(0, len(content) - 1))
        found = attempt(content[:cut], name)
        if name != "a.csv":
            assert isinstance(found, BadInput)


@few
@given(st.data())
def test_a_damaged_workbook(data: st.DataObject) -> None:
    content = bytearray(whole_files()["a.xlsx"])
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    attempt(bytes(content), "a.xlsx")
