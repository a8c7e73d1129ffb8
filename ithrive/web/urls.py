"""Every address of the site, app by app."""

from django.urls import include, path

from ithrive.web.overview.api import urls as api_urls

urlpatterns = [
    path("api/v1/", api_urls),
    path("", include("ithrive.web.overview.urls")),
    path("framework/", include("ithrive.web.framework.urls")),
    path("areas/", include("ithrive.web.areas.urls")),
    path("assessments/", include("ithrive.web.assessments.urls")),
    path("pulse/", include("ithrive.web.assessments.pulse_urls")),
    path("implementation/", include("ithrive.web.implementation.urls")),
    path("improvement/", include("ithrive.web.improvement.urls")),
    path("returns/", include("ithrive.web.returns.urls")),
    path("releases/", include("ithrive.web.overview.release_urls")),
    path("studies/", include("ithrive.web.overview.studies.urls")),
    path("people/", include("ithrive.web.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("history/", include("ithrive.web.history.urls")),
    path("gallery/", include("ithrive.web.components.urls")),
]
