"""How numbers are written wherever results are told: in sentences, tables and pictures."""

from math import inf, isfinite

NOT_BOUNDED = "without bound"
MINUS = "−"


def number(value: float | None) -> str:
    """Three significant digits with a true minus; whole thousands in full; a dash for none.

    >>> number(-7.3), number(46), number(0.0634), number(12345.6), number(None)
    ('−7.30', '46.0', '0.0634', '12,346', '–')
    """
    if value is None:
        return "–"
    if not isfinite(value):
        return NOT_BOUNDED if value == inf else f"{MINUS}{NOT_BOUNDED}"
    if value == 0:
        return "0"
    text = f"{value:,.0f}" if abs(value) >= 999.5 else f"{value:#.3g}".rstrip(".")
    # So close to nought that digits would need a power of ten.
    text = f"{value:.6f}".rstrip("0") if "e" in text else text
    return text.replace("-", MINUS)


def level(alpha: float) -> str:
    """What an interval at this alpha is called.

    >>> level(0.05), level(0.025)
    ('95%', '97.5%')
    """
    return f"{100 * (1 - alpha):.6g}%"
