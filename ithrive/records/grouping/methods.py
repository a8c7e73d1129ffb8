"""How a grouping came to be known."""

from enum import StrEnum


class Method(StrEnum):
    """In order of precedence: what a site recorded stands above everything worked out."""

    SITE = "by-site"
    CODE = "by-code"
    RULES = "by-rules"
    PROXY = "by-proxy"

    @property
    def means(self) -> str:
        return _MEANS[self]


METHODS = tuple(Method)
_MEANS = {
    Method.SITE: "recorded by the site",
    Method.CODE: "from the national code, through the programme's mapping",
    Method.RULES: "from our rules over Current View, a heuristic",
    Method.PROXY: "from the kind of team or activity, a proxy",
}
