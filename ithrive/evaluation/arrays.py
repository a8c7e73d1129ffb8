"""The shapes that effects are worked out on, and when two figures are the same figure."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Wholes = NDArray[np.int64]
Marks = NDArray[np.bool_]

# Sums of the same figures in another order differ in their last digits. A statistic this close to the
# observed one is a tie, and a tie counts as "at least as large".
TIE = 1e-9
