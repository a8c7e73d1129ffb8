"""What every test shares. Tests under tests/web need Django; the others run without it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
