"""What has been published of a measure: the only place from which its public page shows figures of areas."""

from django.urls import reverse

from ithrive.measures import Measure
from ithrive.web.publications.queries import released


def released_links(measure: Measure) -> tuple[tuple[str, str], ...]:
    """Releases that hold figures of this measure, as (words, address), the latest first."""
    return tuple(
        (each.title, reverse("releases:table", args=[each.reference, measure.id]))
        for each in released()
        if measure.id in each.measures
    )
