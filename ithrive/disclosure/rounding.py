"""Rounding a count, and what a rounded count still says of the true one."""

from ithrive.disclosure.rules import Rounding, Rule


def rounded(count: int, rule: Rule) -> int:
    """The count as it is shown. A zero stays a zero and nothing else becomes one."""
    if count == 0 or rule.rounding is Rounding.NONE:
        return count
    if rule.rounding is Rounding.MIDPOINT:
        return -(-count // rule.base) * rule.base - rule.base // 2
    return rule.base * ((2 * count + rule.base) // (2 * rule.base))


def possible(shown: int, rule: Rule) -> tuple[int, int]:
    """The smallest and the largest count that is shown as this one."""
    if shown == 0 or rule.rounding is Rounding.NONE:
        return shown, shown
    if rule.rounding is Rounding.MIDPOINT:
        last = shown + rule.base // 2
        return last - rule.base + 1, last
    return max(shown - rule.base // 2, rule.largest_hidden + 1), shown + (rule.base - 1) // 2
