"""Run and evaluate a whole-system change in children and young people's mental health."""

import os

__version__ = "0.1.0"

# openpyxl chooses its parser when it is first imported. Where lxml is installed it would take that, and not
# the one that refuses XML which feeds on itself.
os.environ["OPENPYXL_LXML"] = "False"
