"""Finding a round's pulse. What it found is in `profiles`, beside the round's other results."""

from django.http import Http404

from ithrive.web.assessments.models import Pulse, Round


def pulse_opened(round: Round) -> Pulse | None:
    return Pulse.objects.filter(round=round).first()


def pulse_or_404(round: Round) -> Pulse:
    pulse = pulse_opened(round)
    if pulse is None:
        raise Http404("No pulse was opened for this round.")
    return pulse
