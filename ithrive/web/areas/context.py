"""Whether anything on this site is invented: said on every page."""

from django.http import HttpRequest

from ithrive.web.areas import gazetteers


def demonstration(request: HttpRequest) -> dict[str, object]:
    """Whether a fictional country is loaded, and what this page says of it."""
    known = gazetteers.countries()
    fictional = [each.name for each in known if each.fictional]
    if not fictional:
        return {"demonstration": False}
    match = request.resolver_match
    here = match.kwargs.get("country") if match else None
    real = next((each.name for each in known if each.slug == here and not each.fictional), None)
    return {"demonstration": True, "demonstration_notice": notice(" and ".join(fictional), real)}


def notice(fictional: str, real: str | None) -> str:
    """What a page says: on a real country's page, which of the two is invented."""
    if real:
        return (
            f"The areas of {real} are real. This site also holds a demonstration: {fictional}, its areas, "
            "people and figures are invented."
        )
    return f"This is a demonstration. {fictional}, its areas, people and figures are invented."
