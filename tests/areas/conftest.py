"""No example is failed for being slow: this machine may be busy."""

from hypothesis import settings

settings.register_profile("areas", deadline=None)
settings.load_profile("areas")
