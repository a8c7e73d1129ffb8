"""The demonstration programme: a whole programme in a fictional country, the same for everyone.

It grows with the platform: a capability joins by adding a part to `parts.PARTS`.
"""

from ithrive.web.overview.demonstration.loading import load, loaded
from ithrive.web.overview.demonstration.sign_ins import code_of, sign_ins

__all__ = ["code_of", "load", "loaded", "sign_ins"]
