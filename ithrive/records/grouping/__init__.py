"""Which needs-based grouping a spell has in a quarter, and by which method that is known.

Methods, the best first: recorded by the site; the national code of version 5; our rules over Current View,
a heuristic; the kind of team or activity, a proxy. A grouping is a statement about need now, never a ladder.
"""

from ithrive.records.grouping.breaks import MethodBreak, method_breaks
from ithrive.records.grouping.methods import METHODS, Method

__all__ = ["METHODS", "Method", "MethodBreak", "method_breaks"]
