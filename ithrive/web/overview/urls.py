from django.urls import URLPattern, URLResolver, path

from ithrive.web.overview import statements

app_name = "overview"
urlpatterns: list[URLPattern | URLResolver] = [
    path("about/", statements.about, name="about"),
    path("accessibility/", statements.accessibility, name="accessibility"),
    path("privacy/", statements.privacy, name="privacy"),
]
