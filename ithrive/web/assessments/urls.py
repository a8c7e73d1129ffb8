from django.urls import URLPattern, URLResolver

from ithrive.web.assessments.instrument_urls import instrument_urls

app_name = "assessments"
urlpatterns: list[URLPattern | URLResolver] = [*instrument_urls]
