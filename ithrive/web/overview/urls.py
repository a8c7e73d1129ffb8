from django.urls import URLPattern, URLResolver, path

from ithrive.web.overview import statements
from ithrive.web.overview.api_page import api_page
from ithrive.web.overview.home import home

app_name = "overview"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("api/", api_page, name="api"),
    path("about/", statements.about, name="about"),
    path("accessibility/", statements.accessibility, name="accessibility"),
    path("privacy/", statements.privacy, name="privacy"),
]
