"""The site as a WSGI server sees it."""

import os

from django.core.wsgi import get_wsgi_application

from ithrive.web.components.nhsuk import warm_up

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ithrive.web.settings")
application = get_wsgi_application()
# Here and not when apps are ready: servers wait for it once, commands never.
warm_up()
