"""A real browser: the system's own Chromium, driven by Playwright."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

PATIENCE = 60_000  # milliseconds, by which only what never comes is found
NAMES = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of this machine; without one the test is skipped, and fails where CI=true."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        missing = f"no browser on this machine: none of {', '.join(NAMES)} is on the path"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=path, args=arguments, timeout=PATIENCE)
        yield browser
        browser.close()


def is_at(page: Page, end: str) -> None:
    """Wait until the page's address has this end: a click may be over before it has."""
    expect(page).to_have_url(re.compile(f"{re.escape(end)}$"))
    page.wait_for_load_state()


expect.set_options(timeout=PATIENCE)
