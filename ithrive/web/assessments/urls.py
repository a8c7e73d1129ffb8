from django.urls import URLPattern, URLResolver

from ithrive.web.assessments.instrument_urls import instrument_urls
from ithrive.web.assessments.interview_urls import interview_urls
from ithrive.web.assessments.profile_urls import profile_urls
from ithrive.web.assessments.pulse_urls import round_pulse_urls
from ithrive.web.assessments.round_urls import moderation_urls, rating_urls, round_urls, schedule_urls
from ithrive.web.assessments.transfer_urls import transfer_urls

app_name = "assessments"
urlpatterns: list[URLPattern | URLResolver] = [
    *schedule_urls,
    *round_urls,
    *rating_urls,
    *moderation_urls,
    *interview_urls,
    *round_pulse_urls,
    *transfer_urls,
    *instrument_urls,
    *profile_urls,
]
