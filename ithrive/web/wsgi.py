"""The site as a WSGI server sees it."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import get_resolver

from ithrive.web.components import nhsuk

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ithrive.web.settings")
application = get_wsgi_application()


def warm_up() -> None:
    """What the first visitor of each worker would wait for: every view, the macros, areas and maps."""
    _ = get_resolver().url_patterns  # imports the views; otherwise the first request does
    nhsuk.warm_up()

    from ithrive.web.areas import gazetteers  # models are there only once the application is

    gazetteers.warm_up()
    connections.close_all()  # a server may make its workers from this process


# Here and not when apps are ready: servers wait for it once, commands never.
warm_up()
