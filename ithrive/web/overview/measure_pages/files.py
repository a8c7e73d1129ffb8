"""The definition of a measure as a file to take away: what is read back is the same measure."""

import json

import yaml

from ithrive.measures import Measure


def definition_file(measure: Measure, ending: str) -> str:
    """`yaml`, as the platform reads its own measures, or `json`. Entries that say nothing are left out."""
    entries = measure.model_dump(mode="json", exclude_defaults=True)
    if ending == "yaml":
        return yaml.safe_dump(entries, sort_keys=False, allow_unicode=True, width=110)
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"
