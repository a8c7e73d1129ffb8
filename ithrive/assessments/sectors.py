"""The sectors in which people who are interviewed, or answer the pulse, work; and whose view they give."""

from ithrive.framework.sectors import sector_names

SECTORS = sector_names()
# Whose view of the system somebody gives. The codes are those that a round keeps its ratings under.
STAFF, YOUNG_PEOPLE = "staff", "young-people"
VIEWS = {STAFF: "Staff", YOUNG_PEOPLE: "Young people and families"}
# Young people and families belong to no sector.
NO_SECTOR = ""


def why_not_from(sector: str, view: str) -> str | None:
    """The reason somebody cannot be of this sector and view, or None if they can."""
    if view not in VIEWS:
        return "Choose whose view this is: staff, or young people and families."
    if view == YOUNG_PEOPLE:
        return "Young people and families belong to no sector." if sector else None
    return None if sector in SECTORS else "Choose the sector they work in."
