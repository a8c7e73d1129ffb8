"""What lies beside an extract: its sites, the groupings that sites recorded, and the planted truth."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from ithrive.records.synthesis.arrays import EPOCH
from ithrive.records.synthesis.country import Country
from ithrive.records.synthesis.sent import MARK, MARKED
from ithrive.records.synthesis.sent.numbers import referral_numbers
from ithrive.records.synthesis.settings import Settings
from ithrive.records.synthesis.story import Story, country_of
from ithrive.records.synthesis.truth import Tally, TrueFigure, empty_tally, true_figures
from ithrive.records.synthesis.views import GROUPINGS

SITES, GROUPINGS_FILE, DEPRIVED = "sites.toml", "groupings.csv", "most-deprived.csv"
# Of corrected mode, and of parity mode.
TRUTH, OFFICIAL_TRUTH = "truth", "truth-parity"
GROUPINGS_COLUMNS = "UniqServReqID,day,grouping"


def recorded_groupings(story: Story) -> str:
    """The lines of one batch, without a header."""
    recorded, country = story.recorded, story.country
    month = country.calendar.month_of(recorded.day)
    code = country.code_of(story.referrals.provider[recorded.referral], month)
    numbers = referral_numbers(story)[recorded.referral].tolist()
    return "".join(
        f"{country.codes[place]}R{number},{np.datetime64(EPOCH, 'D') + day},{GROUPINGS[grouping]}\n"
        for place, number, day, grouping in zip(
            code.tolist(), numbers, recorded.day.tolist(), recorded.grouping.tolist(), strict=True
        )
    )


def write_beside(settings: Settings, out: Path, kept: Path) -> None:
    """Everything that needs all batches, from what each of them kept."""
    country = country_of(settings)
    (out / SITES).write_text(sites_toml(country), encoding="utf-8")
    homes = "\n".join(("neighbourhood", *country.most_deprived, ""))
    (out / DEPRIVED).write_text(homes, encoding="utf-8")
    with (out / GROUPINGS_FILE).open("w", encoding="utf-8") as file:
        file.write(f"{GROUPINGS_COLUMNS}\n")
        for part in sorted(kept.glob("groupings-*.csv")):
            file.write(part.read_text(encoding="utf-8"))
    tally = all_tallies(country, kept)
    for name, official in ((TRUTH, False), (OFFICIAL_TRUTH, True)):
        write_truth(true_figures(tally, country, official=official), out / name, settings.file_format)


def all_tallies(country: Country, kept: Path) -> Tally:
    """What every part that is done has kept, together."""
    tally = empty_tally(country)
    for part in sorted(kept.glob("truth-*.npz")):
        tally.include(part.read_bytes())
    return tally


def sites_toml(country: Country) -> str:
    """The sites as `ithrive.records.sites` reads them, with the successions of provider codes."""
    parts = []
    for site, name in enumerate(country.sites):
        providers = ", ".join(f'"{code}"' for code in country.codes[4 * site : 4 * site + 4])
        parts.append(f'[[site]]\nname = "{name}"\n\n[[site.member]]\nproviders = [{providers}]\n')
    changed = np.flatnonzero(country.changes < country.calendar.months).tolist()
    for provider in changed:
        old, new = country.codes[2 * provider : 2 * provider + 2]
        parts.append(f'[[succession]]\nfrom = "{old}"\nto = "{new}"\n')
    return "\n".join(parts)


def write_truth(figures: Iterator[TrueFigure], path: Path, file_format: str) -> None:
    """`path` lacks its ending."""
    rows = [
        (each.site, each.quarter.label, key.measure, key.figure, key.grouping, each.state.value, each.number)
        for each in figures
        for key in (each.key,)
    ]
    names = ("site", "quarter", "measure", "figure", "grouping", "state", "number")
    kinds = dict.fromkeys(names, pa.string()) | {"number": pa.float64()}
    table = pa.table(
        {name: pa.array([row[place] for row in rows], kinds[name]) for place, name in enumerate(names)}
    )
    if file_format == "csv":
        pyarrow.csv.write_csv(table, path.with_suffix(".csv"))
    else:
        marked = table.replace_schema_metadata({MARK: MARKED})
        pyarrow.parquet.write_table(marked, path.with_suffix(".parquet"))
