"""What rows of a panel say against each other, or against what a comparison of two arms needs."""

from collections import Counter
from collections.abc import Iterator, Sequence

from ithrive.evaluation.panel_cells import Columns, Seen, Wave
from ithrive.problems import Problem

LEAST_SITES = 2  # in each arm: with one, nothing says how far sites differ anyway


def repeated(seen: Sequence[Seen], name: str, columns: Columns) -> list[Problem]:
    first: dict[tuple[str, Wave], int] = {}
    problems = []
    for each in seen:
        before = first.setdefault((each.site, each.wave), each.number)
        if before != each.number:
            what = f"{each.site} at wave {each.wave.label} is there already, in row {before}."
            place = f"{name}, row {each.number}, column {columns.wave}"
            problems.append(Problem(place, what, "Keep one row for each site and wave."))
    return problems


def nearly_alike(seen: Sequence[Seen], name: str, columns: Columns) -> Iterator[Problem]:
    """Two spellings of one site would be two sites, one of them with hardly a figure."""
    spellings: dict[str, list[str]] = {}
    for site in dict.fromkeys(each.site for each in seen):
        spellings.setdefault(" ".join(site.casefold().split()), []).append(site)
    for alike in spellings.values():
        if len(alike) > 1:
            what = f"{' and '.join(alike)} differ in capitals or spaces alone."
            mend = "Write a site the same in all its rows, or give two sites different names."
            yield Problem(f"{name}, column {columns.site}", what, mend)


def changing(sites: dict[str, list[Seen]], name: str, columns: Columns) -> Iterator[Problem]:
    for site, rows in sites.items():
        for column, said in (
            (columns.start, {each.start.label if each.start else "" for each in rows}),
            (columns.pair, {each.pair for each in rows}),
        ):
            if column and len(said) > 1:
                words = " and ".join(f"“{each}”" for each in sorted(said))
                what = f"{site} has {words} in different rows."
                yield Problem(f"{name}, column {column}", what, "Give a site the same one in all its rows.")


def mistimed(sites: dict[str, list[Seen]], name: str, columns: Columns) -> Iterator[Problem]:
    """Rows whose `treated` contradicts the site's start, or the site's own rows before."""
    for site, rows in sites.items():
        for each in rows:
            place = f"{name}, row {each.number}, column {columns.treated}"
            wave, start = each.wave.label, rows[0].start
            if columns.start is None:
                if not each.treated and any(other.treated for other in rows if other.wave < each.wave):
                    what = f"{site} is in both arms: treated earlier, not treated at wave {wave}."
                    yield Problem(
                        place, what, "A site that began stays treated; mend this row or split the site."
                    )
            elif each.treated and start is None:
                yield Problem(place, f"{site} is treated but has no start.", f"Fill its {columns.start}.")
            elif each.treated and start and each.wave < start and not all(other.treated for other in rows):
                what = f"{site} is treated at wave {wave}, before it starts at {start.label}."
                yield Problem(place, what, "Mend the start, or write 0 here.")
            elif not each.treated and start and each.wave >= start:
                what = (
                    f"{site} is in both arms: it starts at {start.label} and is not treated at wave {wave}."
                )
                yield Problem(place, what, "Empty its start if it is a comparison site, or write 1 here.")


def too_late(sites: dict[str, list[Seen]], last: Wave, name: str, columns: Columns) -> Iterator[Problem]:
    for site, rows in sites.items():
        start = rows[0].start
        if start and start > last and any(each.treated for each in rows):
            what = f"{site} is treated but starts at {start.label}, after the last wave, {last.label}."
            mend = f"Mend its start, or write 0 in {columns.treated}: here it is a comparison site."
            yield Problem(f"{name}, column {columns.start}", what, mend)


def arms(starts: dict[str, int], never: int, name: str, columns: Columns) -> Iterator[Problem]:
    began = sum(start < never for start in starts.values())
    for words, count in (("treated", began), ("comparison", len(starts) - began)):
        if count < LEAST_SITES:
            what = f"The number of {words} sites is {count}."
            yield Problem(
                f"{name}, column {columns.treated}", what, f"Each arm needs at least {LEAST_SITES}."
            )


def pairing(
    sites: dict[str, list[Seen]], starts: dict[str, int], never: int, name: str, columns: Columns
) -> Iterator[Problem]:
    """Pairs that are not one accelerator and one comparison site."""
    if not columns.pair:
        return
    began = Counter(rows[0].pair for site, rows in sites.items() if starts[site] < never)
    others = Counter(rows[0].pair for site, rows in sites.items() if starts[site] == never)
    for pair in sorted(began.keys() | others.keys()):
        if (began[pair], others[pair]) != (1, 1):
            what = f"Pair {pair} has {began[pair]} treated and {others[pair]} comparison sites."
            yield Problem(
                f"{name}, column {columns.pair}", what, "Make every pair one of each, or leave out --pair."
            )
