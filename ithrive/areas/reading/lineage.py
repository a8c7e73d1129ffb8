"""Reading how the areas of one geography became those of another."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ithrive.areas.gazetteer import Link
from ithrive.areas.manifest import LineageFile, SameAreas
from ithrive.areas.reading.codes import Places
from ithrive.areas.reading.faults import Faults
from ithrive.areas.reading.files import Files, geography_columns, geography_of
from ithrive.tables import Row, decimal_number

# Published shares are rounded: to three decimals at worst, an area of some parts stays within this.
TOLERANCE = 0.002


def read_lineage(file: LineageFile, files: Files, places: Places) -> list[Link]:
    """The links in a file of lineage. Raises BadInput for unknown codes and shares that do not add up."""
    faults = Faults(file.path)
    columns = [
        *file.columns.model_dump().values(),
        *geography_columns(file.from_geography, file.to_geography),
    ]
    rows = files.rows(file, columns, faults)
    links = [link for row in rows if (link := _link(row, file, places, faults))]
    _refuse_repeated(links, faults)
    faults.raise_if_any()
    check_shares(links, places, faults)
    faults.raise_if_any()
    return links


def _link(row: Row, file: LineageFile, places: Places, faults: Faults) -> Link | None:
    cells, columns = row.cells, file.columns
    before = geography_of(row, file.from_geography, faults)
    after = geography_of(row, file.to_geography, faults)
    if not before or not after:
        return None
    ends = ((before, columns.from_code), (after, columns.to_code))
    for key, column in ends:
        if cells[column] not in places[key]:
            what = f"The code “{cells[column]}” is not an area of {key}."
            faults.add(what, "Correct it, or add the area to the codes.", row=row.number, column=column)
            return None
    share_of_from, share_of_to = (
        _share(row, column, faults) for column in (columns.share_of_from, columns.share_of_to)
    )
    if share_of_from is None or share_of_to is None:
        return None
    codes = (before, cells[columns.from_code], after, cells[columns.to_code])
    return Link(*codes, share_of_from, share_of_to, file.basis)


def _share(row: Row, column: str, faults: Faults) -> float | None:
    share = decimal_number(row.cells[column])
    if share is None or not 0 <= share <= 1:
        what = f"“{row.cells[column]}” is not a share between 0 and 1."
        faults.add(what, "Correct it.", row=row.number, column=column)
        return None
    return share


def _refuse_repeated(links: Iterable[Link], faults: Faults) -> None:
    seen = set()
    for link in links:
        key = (link.from_geography, link.from_code, link.to_geography, link.to_code)
        if key in seen:
            at = f"{link.from_geography} {link.from_code} to {link.to_geography} {link.to_code}"
            faults.add("This pair of areas is there twice.", "Keep one row for it.", at=at)
        seen.add(key)


def check_shares(links: Iterable[Link], places: Places, faults: Faults) -> None:
    """Every area on both sides of a pair of geographies must be made up wholly."""
    pairs: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in links:
        pairs[link.from_geography, link.to_geography].append(link)
    for (before, after), some in pairs.items():
        away, into = dict.fromkeys(places[before], 0.0), dict.fromkeys(places[after], 0.0)
        for link in some:
            away[link.from_code] += link.share_of_from
            into[link.to_code] += link.share_of_to
        _refuse_wrong_sums(away, before, f"shares towards {after}", faults)
        _refuse_wrong_sums(into, after, f"shares coming from {before}", faults)


def _refuse_wrong_sums(sums: dict[str, float], geography: str, which: str, faults: Faults) -> None:
    for code, total in sums.items():
        if abs(total - 1) > TOLERANCE:
            what = f"Its {which} add up to {total:.4f} and not to 1."
            faults.add(
                what, "Add the rows that are missing, or correct the shares.", at=f"{geography} {code}"
            )


def same_areas(table: SameAreas, places: Places, name: str) -> list[Link]:
    """Links between two geographies of the same areas, some of which changed their code. Raises BadInput."""
    faults = Faults(f"{name}, [[same_areas]] {table.from_geography} to {table.to_geography}")
    links = list(_carried_over(table, places))
    for link in links:
        if link.to_code not in places[table.to_geography]:
            mend = "Say under “replaced” what became of it."
            faults.add(f"{link.from_code} is not an area of {table.to_geography}.", mend)
    for code in places[table.to_geography].keys() - {link.to_code for link in links}:
        faults.add(f"{code} comes from no area of {table.from_geography}.", "Say so under “replaced”.")
    for code in table.replaced.keys() - places[table.from_geography].keys():
        faults.add(f"“replaced” names {code}, which is not an area of {table.from_geography}.", "Remove it.")
    faults.raise_if_any()
    return links


def _carried_over(table: SameAreas, places: Places) -> Iterator[Link]:
    for code in places[table.from_geography]:
        to_code = table.replaced.get(code, code)
        yield Link(table.from_geography, code, table.to_geography, to_code, 1.0, 1.0, table.basis)
