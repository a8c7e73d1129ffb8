"""Addresses of rounds, one list for each group of pages."""

from django.urls import path

from ithrive.web.assessments.views import moderation, profile, rating, rounds
from ithrive.web.assessments.views.steps import STEPS, step

AREA = "areas/<slug:country>/<slug:kind>/<str:code>/"
ROUND = "rounds/<int:number>/"

schedule_urls = [
    path("", rounds.home, name="home"),
    path("studies/<slug:country>/schedule/", rounds.schedule_study, name="schedule-study"),
    path(AREA, profile.area_rounds, name="area-rounds"),
    path(f"{AREA}schedule/", rounds.schedule, name="schedule"),
]

round_urls = [
    path(ROUND, rounds.round, name="round"),
    path(f"{ROUND}history/", rounds.history, name="round-history"),
    path(f"{ROUND}raters/ask/", rounds.name_rater, name="name-rater"),
    path(f"{ROUND}raters/<int:rater>/withdraw/", rounds.withdraw_rater, name="withdraw-rater"),
    *(path(f"{ROUND}{name}/", step, {"name": name}, name=name) for name in STEPS),
]

rating_urls = [
    path(f"{ROUND}rate/", rating.rate, name="rate"),
    path(f"{ROUND}rate/save/", rating.save, name="save-rating"),
    path(f"{ROUND}rate/submit/", rating.submit, name="submit"),
]

moderation_urls = [
    path(f"{ROUND}moderate/", moderation.moderate, name="moderate"),
    path(f"{ROUND}agreement/", moderation.agreed_rates, name="agreement"),
]
