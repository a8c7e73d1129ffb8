"""The demonstration's return from records: a synthetic extract made, and the return built of it."""

import tempfile
from pathlib import Path

from ithrive.cli.progress import shown_progress
from ithrive.cli.records_build import Asked, build_returns
from ithrive.cli.records_build.asked import neighbourhoods_in
from ithrive.cli.records_build.run import file_of
from ithrive.periods import add_months
from ithrive.records.features import Rules
from ithrive.records.model import month_number
from ithrive.records.synthesis import Settings, synthesise
from ithrive.returns import Identity

# Enough months for what is counted over twelve, and for discharges a year before.
MONTHS, PEOPLE = 18, 300


def built_return(wanted: Identity) -> bytes:
    """The return file of one area and quarter, from an extract of people who never were."""
    first = month_number(add_months(wanted.quarter.ends, -MONTHS))
    with tempfile.TemporaryDirectory(prefix="ithrive-demo-") as place, shown_progress() as progress:
        made, out = Path(place) / "made", Path(place) / "returns"
        synthesise(Settings(people=PEOPLE, months=MONTHS, first_month=first, sites=(wanted.area_name,)), made)
        _name(made / "sites.toml", wanted)
        asked = Asked(
            extract=made / "extract",
            sites=made / "sites.toml",
            quarters=(wanted.quarter,),
            out=out,
            memory="1GB",
            rules=Rules(most_deprived=neighbourhoods_in(made / "most-deprived.csv")),
            groupings=made / "groupings.csv",
        )
        build_returns(asked, progress)
        return file_of(out, wanted).read_bytes()


def _name(sites: Path, wanted: Identity) -> None:
    """The site under the code and country by which the website knows it."""
    name = f'name = "{wanted.area_name}"'
    told = sites.read_text(encoding="utf-8").replace(name, f'{name}\ncode = "{wanted.area_code}"')
    sites.write_text(f'country = "{wanted.country}"\n{told}', encoding="utf-8")
