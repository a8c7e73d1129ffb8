"""The page that explains the open API to people, made from the same description that machines read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ithrive.web.areas.gazetteers import countries, gazetteer_of
from ithrive.web.overview.api import api
from ithrive.web.publications.queries import released

# Stands in an example where no country was loaded to take it from.
EXAMPLES = {
    "country": "england",
    "kind": "ccg",
    "code": "E38000001",
    "key": "deprivation",
    "geography": "CCG15",
    "reference": "2026-27-q1",
    "quarter": "2026-27-Q1",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call: its address, what it answers, what may be asked, and an example.

    `leads` where the example can be followed: it reads, and everything it names is on this site.
    """

    method: str
    address: str
    summary: str
    words: str
    formats: str
    parameters: tuple[Parameter, ...]
    example: str
    leads: bool
    takes: str = ""
    needs_key: bool = False


def api_page(request: HttpRequest) -> HttpResponse:
    """Every call of the API, with an example."""
    described = calls(api.get_openapi_schema(), dict(_examples()))
    return render(request, "overview/api.html", {"calls": list(described)})


def _examples() -> Iterator[tuple[str, str]]:
    """Parts of addresses that lead somewhere on this site: the last release, the first country loaded."""
    yield from (("reference", each.reference) for each in released()[:1])
    for country in countries()[:1]:
        known = gazetteer_of(country)
        yield "country", country.slug
        yield from (("key", each.key) for each in known.attributes[:1])
        for place in known.places[:1]:
            kind = known.geography_by_key[place.geography].kind
            yield from (("kind", kind), ("code", place.code), ("geography", place.geography))


def calls(schema: dict[str, Any], known: dict[str, str]) -> Iterator[Call]:
    """The calls of an OpenAPI description, in its order. `known`: parts of addresses that lead somewhere."""
    for address, methods in schema["paths"].items():
        for method, call in methods.items():
            yield _call(address, method.upper(), call, known)


def _call(address: str, method: str, call: dict[str, Any], known: dict[str, str]) -> Call:
    answered = next(answer for status, answer in call["responses"].items() if int(status) < 300)
    return Call(
        method=method,
        address=address,
        summary=call["summary"],
        words=call.get("description", ""),
        formats=", ".join(answered.get("content", ())),
        parameters=tuple(map(_parameter, filter(_may_be_asked, call.get("parameters", ())))),
        example=_example(address, EXAMPLES | known),
        leads=method == "GET" and "{" not in _example(address, known),
        takes=", ".join(call.get("requestBody", {}).get("content", ())),
        needs_key=bool(call.get("security")),
    )


def _may_be_asked(parameter: dict[str, Any]) -> bool:
    return parameter["in"] in {"query", "header"}


def _parameter(told: dict[str, Any]) -> Parameter:
    described = told.get("description", "")
    words = f"A header of the request. {described}".strip() if told["in"] == "header" else described
    return Parameter(told["name"], _kind(told["schema"]), words)


def _kind(schema: dict[str, Any]) -> str:
    """A parameter's kind in words: its choices if it has any, else its type."""
    meant: dict[str, Any] = next(
        (each for each in schema.get("anyOf", ()) if each.get("type") != "null"), schema
    )
    if "enum" in meant:
        return " or ".join(map(str, meant["enum"]))
    return {"integer": "whole number", "boolean": "true or false", "string": "text"}.get(
        meant.get("format", "") or meant.get("type", ""),
        "day, such as 2021-04-01" if meant.get("format") else "json or csv",
    )


def _example(address: str, examples: dict[str, str]) -> str:
    for name, value in examples.items():
        address = address.replace("{" + name + "}", value)
    return address
