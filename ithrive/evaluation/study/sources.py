"""Where each number comes from, noted as the numbers are made."""

from ithrive.evaluation.study.results import FileRead, Source

SHORT = 12  # letters of a SHA-256: enough to tell files apart


class Sources:
    """The sources of one run. `bound` gives the id that a block of results carries."""

    def __init__(self, files: tuple[FileRead, ...]) -> None:
        self._vintages = {each.what: _vintage(each) for each in files}
        self._bound: dict[str, Source] = {}

    def bound(
        self, name: str, *, outcome: str = "", sites: str, waves: str, method: str, of: str = "figures"
    ) -> str:
        """The id of a source: the outcome and a name, “wait/effect”. `of` is the file that it rests on."""
        known = f"{outcome or 'study'}/{name}"
        vintage = self._vintages.get(of, "figures given without a file")
        self._bound[known] = Source(known, outcome, sites, waves, vintage, method)
        return known

    @property
    def all(self) -> tuple[Source, ...]:
        return tuple(self._bound[each] for each in sorted(self._bound))


def _vintage(file: FileRead) -> str:
    label = f"{file.vintage}, " if file.vintage else ""
    return f"{label}{file.name}, SHA-256 {file.sha256[:SHORT]}"
