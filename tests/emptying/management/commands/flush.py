"""Django's `flush`, which tests with real transactions run after themselves."""

from typing import Any

from django.core.cache import cache
from django.core.management.commands import flush
from django.db import connections

from ithrive.web.history.append_only import guard, unguard


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        unguard(connection)
        super().handle(**options)
        guard(connection)
        # No model owns the cache's table: the failed sign-ins of one test would count against the next.
        cache.clear()
