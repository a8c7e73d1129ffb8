"""Columns that can be read as they stand: most hold no space to trim and no word for nothing.

To trim each text of a hundred million rows is dear, and every pass over them would do it again. So each
column is looked at once, before it is read. A column that arrives with a kind of its own needs no look.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ibis.expr import datatypes as dt
from ibis.expr import types as ir

from ithrive.records.engine import Engine
from ithrive.records.model.definitions import Kind
from ithrive.records.reading.kinds import stands_as_sent


@dataclass(frozen=True, slots=True)
class Look:
    """`standing` are columns whose text is their value: clean texts, and whole numbers. `named`: whether
    every row says whom it is about.
    """

    standing: frozenset[str] = frozenset()
    named: bool = False


def look_at(table: ir.Table, names: Iterable[str], engine: Engine) -> Look:
    """What one pass over the named columns tells."""
    kinds = {name: table[name].type() for name in names}
    texts = [name for name, kind in kinds.items() if kind.is_string()]
    numbers = frozenset(name for name, kind in kinds.items() if kind.is_integer())
    if not texts:
        return Look(numbers)
    person = next((name for name in texts if name.lower() == "person_id"), None)
    looked = {name: stands_as_sent(table[name]).all() for name in texts}
    if person:
        looked["named"] = table[person].notnull().all()
    (found,) = engine.connection.to_pyarrow(table.aggregate(**looked)).to_pylist()
    standing = numbers | {name for name in texts if found[name] in (True, None)}
    return Look(standing, named=person in standing and found["named"] is not False)


def arrives_as(kind: Kind, sent: dt.DataType) -> bool:
    """Whether a column of this type cannot hold anything but values of the kind, or nothing."""
    wall_clock = sent.is_timestamp() and not sent.timezone
    kinds: dict[Kind, bool] = {
        "text": False,
        "date": sent.is_date() or wall_clock,
        "time": sent.is_time() or wall_clock,
        "datetime": sent.is_date() or wall_clock,
        "integer": sent.is_integer(),
        "decimal": sent.is_integer() or sent.is_decimal(),
    }
    return kinds[kind]
