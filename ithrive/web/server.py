"""How gunicorn serves the website: `gunicorn -c python:ithrive.web.server ithrive.web.wsgi`."""

import os

bind = f"{os.environ.get('ITHRIVE_LISTEN', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("ITHRIVE_WORKERS", "2"))
# With two processes as quick as anything measured, and a slow reader holds up one thread only.
worker_class = "gthread"
threads = 4
# A worker that hangs is replaced; no page takes near as long.
timeout = 60
loglevel = "warning"


def when_ready(server: object) -> None:
    print(f"Serving on http://{bind}/ until Ctrl-C.", flush=True)  # noqa: T201  # to whoever started it
