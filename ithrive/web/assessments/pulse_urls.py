"""The addresses of the pulse: of its round, below /assessments/, and the short one that people are given."""

from django.urls import path

from ithrive.web.assessments.views import pulse

round_pulse_urls = [
    path("rounds/<int:number>/pulse/", pulse.page, name="pulse"),
    path("rounds/<int:number>/pulse/open/", pulse.begin, name="pulse-open"),
    path("rounds/<int:number>/pulse/links/", pulse.links, name="pulse-links"),
    path("rounds/<int:number>/pulse/close/", pulse.close, name="pulse-close"),
]

app_name = "pulse"
urlpatterns = [
    path("thank-you/", pulse.thanks, name="thanks"),
    path("<str:token>/", pulse.answer, name="answer"),
]
