"""Identifiers that carry a check digit: SNOMED CT concepts and NHS numbers.

Spreadsheets keep fifteen digits and turn the rest into noughts; a check digit finds what they did. Each rule
is here twice: for one text, and as an Ibis expression that runs where the records are.

SNOMED CT: Verhoeff (1969), as its Release File Specification prescribes. NHS number: modulus 11, as the NHS
Data Dictionary prescribes. Both are checked against published examples in the tests.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis

# Verhoeff's tables: how two digits combine in the dihedral group of ten, and how each place permutes a digit.
_COMBINE = (
    "0123456789",
    "1234067895",
    "2340178956",
    "3401289567",
    "4012395678",
    "5987604321",
    "6598710432",
    "7659821043",
    "8765932104",
    "9876543210",
)
_PERMUTE = (
    "0123456789",
    "1576283094",
    "5803796142",
    "8916043527",
    "9453126870",
    "4286573901",
    "2793806415",
    "7046913258",
)
SNOMED_DIGITS = range(6, 19)
# The two digits before the check digit say what is identified: 00 and 10 are concepts.
_CONCEPT = ("00", "10")


def is_snomed_concept(text: str) -> bool:
    """Whether this is a well-formed concept identifier: 6 to 18 digits, of a concept, check digit right.

    >>> is_snomed_concept("987251000000103"), is_snomed_concept("987251000000100")
    (True, False)
    """
    if not (text.isascii() and text.isdigit() and len(text) in SNOMED_DIGITS and text[0] != "0"):
        return False
    return text[-3:-1] in _CONCEPT and _verhoeff(text)


def _verhoeff(text: str) -> bool:
    check = 0
    for place, digit in enumerate(reversed(text)):
        check = int(_COMBINE[check][int(_PERMUTE[place % 8][int(digit)])])
    return check == 0


def is_nhs_number(text: str) -> bool:
    """Whether this is ten digits of which the last checks the rest, and not ten times the same digit.

    >>> is_nhs_number("9434765919"), is_nhs_number("9434765918")
    (True, False)
    """
    if not (text.isascii() and text.isdigit() and len(text) == 10) or len(set(text)) == 1:
        return False
    return (11 - sum(int(digit) * (10 - place) for place, digit in enumerate(text[:9])) % 11) % 11 == int(
        text[9]
    )


def snomed_concept(expression: "ibis.expr.types.StringValue") -> "ibis.expr.types.StringValue":
    """The concept of a SNOMED expression: what stands before the first ":" (a refinement), trimmed."""
    # Few have a refinement, and to split is dear.
    return expression.contains(":").ifelse(expression.split(":")[0].strip(), expression.strip())


def good_snomed_concept(text: "ibis.expr.types.StringValue") -> "ibis.expr.types.BooleanValue":
    """`is_snomed_concept` as an expression; NULL stays NULL."""
    shape = text.re_search(f"^[1-9][0-9]{{2,14}}({'|'.join(_CONCEPT)})[0-9]$")
    return shape & (text.length() >= SNOMED_DIGITS[0]) & _checks_out(text)


def _checks_out(text: "ibis.expr.types.StringValue") -> "ibis.expr.types.BooleanValue":
    """Verhoeff's check as arithmetic: a digit of the dihedral group is a turn (0 to 4), turned over or not.

    Combined from the right, a digit turned over changes the direction of every turn after it. Written from
    the last place inwards so that each digit is named once: looked up in tables, the expression would double
    with every place.
    """
    import ibis

    right_to_left = text.reverse()
    turned, side = ibis.literal(0), ibis.literal(1)
    for place in reversed(range(SNOMED_DIGITS[-1])):
        digit = right_to_left.substr(place, 1)  # "" past the end: no turn, not turned over
        permuted = _PERMUTE[place % 8]
        over = ibis.ifelse(digit.isin([d for d in "0123456789" if permuted[int(d)] >= "5"]), -1, 1)
        turns = [[d for d in "0123456789" if int(permuted[int(d)]) % 5 == turn] for turn in range(5)]
        turn = ibis.cases(*((digit.isin(turns[size]), size) for size in range(1, 5)), else_=0)
        turned = turn + over * turned
        side = over * side
    return (side == 1) & (turned % 5 == 0)


def good_nhs_number(text: "ibis.expr.types.StringValue") -> "ibis.expr.types.BooleanValue":
    """`is_nhs_number` as an expression; NULL stays NULL."""
    # In arithmetic on the whole number: to cut ten texts of one is dear. Of ten times the same digit, and of
    # no other ten digits, 1111111111 is a divisor.
    number = text.try_cast("int64")
    total = sum(
        (number // 10 ** (9 - place) % 10 * (10 - place) for place in range(1, 10)),
        start=number // 10**9 * 10,
    )
    return text.re_search("^[0-9]{10}$") & (number % 1_111_111_111 != 0) & (total % 11 == 0)
