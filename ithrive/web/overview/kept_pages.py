"""Finished pages, kept for readers who are not signed in.

A public page depends on its address, on the day, and on what the database holds. Every change of state
writes a line of history, so the number of the last line stands for what the database holds: a page is
given again as long as nothing at all has changed, and never after. Who carries a cookie gets a page of
their own.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from ithrive.web.history.record import head

Answer = Callable[[HttpRequest], HttpResponseBase]
Key = tuple[object, ...]

# One page of a whole country's working is about 200 kB; nothing public that is asked for often is larger.
LARGEST = 1_000_000


class KeptPages:
    """Middleware: outside sessions, so that a kept page costs one small query and nothing else."""

    def __init__(self, answer: Answer) -> None:
        if not settings.KEPT_PAGES_BYTES:
            raise MiddlewareNotUsed("There is no room for kept pages.")
        self.answer = answer
        self.kept = Shelf(settings.KEPT_PAGES_BYTES)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "GET" or request.COOKIES:
            return self.answer(request)
        key = _key(request)
        page = self.kept.get(key)
        if page is not None:
            return page
        response = self.answer(request)
        if isinstance(response, HttpResponse) and _may_be_kept(response):
            self.kept.put(key, response)
        return response


class Shelf:
    """Pages in the order in which they were last asked for; the oldest go when there is no more room."""

    def __init__(self, room: int) -> None:
        self.room = room
        self._pages: OrderedDict[Key, tuple[bytes, dict[str, str]]] = OrderedDict()
        self._taken = 0
        self._lock = Lock()

    def get(self, key: Key) -> HttpResponse | None:
        with self._lock:
            if key not in self._pages:
                return None
            self._pages.move_to_end(key)
            content, headers = self._pages[key]
        return HttpResponse(content, headers=headers)

    def put(self, key: Key, response: HttpResponse) -> None:
        with self._lock:
            if key in self._pages:
                return
            self._pages[key] = (response.content, dict(response.items()))
            self._taken += len(response.content)
            while self._taken > self.room:
                _, (content, _) = self._pages.popitem(last=False)
                self._taken -= len(content)


def _key(request: HttpRequest) -> Key:
    """Everything that a public page may differ by."""
    takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    conditions = (request.headers.get("If-None-Match"), request.headers.get("If-Modified-Since"))
    return (
        request.scheme,
        request.get_host(),
        request.get_full_path(),
        takes_gzip,
        conditions,
        request.headers.get("Accept"),
        timezone.localdate(),
        head(),
    )


def _may_be_kept(response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.cookies
        and "no-store" not in response.get("Cache-Control", "")
        and len(response.content) <= LARGEST
    )
