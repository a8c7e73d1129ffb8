from django.urls import URLPattern, URLResolver, path

from ithrive.web.overview import statements
from ithrive.web.overview.api_page import api_page

app_name = "overview"
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", api_page, name="api"),
    path("about/", statements.about, name="about"),
    path("accessibility/", statements.accessibility, name="accessibility"),
    path("privacy/", statements.privacy, name="privacy"),
]
