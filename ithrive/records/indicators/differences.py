"""Where corrected figures part from the official rules. The handbook's list is made of this."""

from dataclasses import dataclass

S1 = "NHSDigital/mental-health-monthly-statistics @7b4d742"


@dataclass(frozen=True, slots=True)
class Difference:
    """One quirk: what the official rule does, which parity reproduces, and what corrected does instead."""

    measure: str
    official: str
    quirk: str
    corrected: str
    source: str


DIFFERENCES = (
    Difference(
        "H2",
        "MHS131, MHS132",
        (
            "A contact dated before its referral counts, with a negative wait. Referrals from before "
            "April 2019 do not count."
        ),
        "Negative waits are left out. Referrals count whenever they were received.",
        f"{S1}, CYP first contact",
    ),
    Difference(
        "H3",
        "MRS08, MRS08b",
        (
            "A coded assessment counts as an outcome whatever its score, 999 (no answer) too. A clock"
            " that stopped before its spell began counts as on time."
        ),
        "An outcome needs a score. A clock that stopped before its spell began is left out.",
        f"{S1}, 02_4w_waits",
    ),
    Difference(
        "H6",
        "MHS112",
        "First and last score may come from two versions of a scale, and may lie outside its range.",
        "First and last carry the same concept and lie within the range of the scale.",
        f"{S1}, 05_cyp_outcomes",
    ),
    Difference(
        "H7",
        "MHS113, MHS114, MHS115",
        (
            "More prosocial behaviour (SDQ) counts as worse and a higher SCORE-15 as better. What "
            "young people say of themselves on HoNOSCA counts as a parent's. RCADS thresholds, which "
            "are T-scores, meet raw points where scores cannot be converted."
        ),
        (
            "Both scales are read the right way round. HoNOSCA by self is the young person's. RCADS "
            "pairs are paired, and decide nothing."
        ),
        f"{S1}, 05_cyp_outcomes; reliable_change.csv",
    ),
    Difference(
        "M1",
        "ED86e, ED87e",
        "Hospital stays are meant to be left out, but a join tests the wrong table and nothing is.",
        "Referrals with a hospital stay are left out.",
        f"{S1}, 04a_CYP_ED_WaitingTimes",
    ),
    Difference(
        "R2",
        "CCR118b, CCR119b, CCR73b, CCR120b",
        (
            "The contact must lie in the month of the referral, so referrals at the end of a month "
            "are cut short."
        ),
        "Contacts are followed for seven days, across months.",
        f"{S1}, 07_uec",
    ),
    Difference(
        "W2",
        "MHS131 by group",
        "As H2.",
        "As H2.",
        f"{S1}, CYP first contact",
    ),
)


def differences_as_text() -> str:
    """The list for the handbook, one part a measure."""
    parts = (
        f"### {each.measure} ({each.official})\n\n"
        f"Official, and parity mode: {each.quirk}\n\n"
        f"Corrected mode: {each.corrected}\n\nSource: {each.source}.\n"
        for each in DIFFERENCES
    )
    return "\n".join(parts)
