"""Somebody who reads public pages, for locust: opens one or another, and looks at each for a moment."""

import os
import random

from locust import FastHttpUser, between, task

PAGES = os.environ["BENCH_PAGES"].split()


class Reader(FastHttpUser):
    """Nobody else reads in step with them: 50 readers ask about fifty times a second, one by one."""

    wait_time = between(0.5, 1.5)

    def on_start(self) -> None:
        self.wait()

    @task
    def read(self) -> None:
        page = random.choice(PAGES)
        self.client.get(page, name=page)
