"""The addresses of profiles and of raters' practice, below /assessments/."""

from django.urls import path

from ithrive.web.assessments.views import calibration, profile

profile_urls = [
    path("rounds/<int:number>/profile/", profile.profile, name="profile"),
    path("rounds/<int:number>/practice/", calibration.practice, name="practice"),
]
