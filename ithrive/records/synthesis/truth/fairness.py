"""Who belongs to each group that W2 compares, and who to its other side. Nobody knows of the rest."""

import numpy as np

from ithrive.records.synthesis.arrays import Flags
from ithrive.records.synthesis.country import MOST_DEPRIVED, NEIGHBOURHOODS
from ithrive.records.synthesis.people import CONDITIONS, ETHNICITIES, LOOKED_AFTER
from ithrive.records.synthesis.story import Story


def sides(story: Story) -> dict[str, tuple[Flags, Flags]]:
    people, homes = story.people, len(story.country.homes)
    deprived = (people.home < homes) & (people.home % NEIGHBOURHOODS < MOST_DEPRIVED)
    elsewhere = (people.home <= homes) & ~deprived  # over the border is elsewhere; not known is neither
    known = ~np.isin(people.ethnicity, [ETHNICITIES.index(code) for code in ("Z", "99")])
    white = np.isin(people.ethnicity, [ETHNICITIES.index(code) for code in "ABC"])
    either = np.isin(people.autism, range(4)) | np.isin(people.learning_disability, range(4))
    neither = CONDITIONS.index("5")
    without = (people.autism == neither) | (people.learning_disability == neither)
    return {
        "deprivation": (deprived, elsewhere),
        "ethnicity": (known & ~white, white),
        "looked-after": (
            np.asarray(people.looked_after == LOOKED_AFTER.index("Y")),
            np.asarray(people.looked_after == LOOKED_AFTER.index("N")),
        ),
        "autism-or-ld": (either, without & ~either),
    }
