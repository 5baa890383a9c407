"""A workspace that is published and served, with people who write to it and read its letters."""

import atexit
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.message import EmailMessage
from functools import cache
from io import StringIO
from pathlib import Path

import httpx

from scheduler.assembly import open_workspace
from scheduler.model.moment import Instant
from scheduler.web.door import application
from scheduler.web.noting import Log
from tests.conftest import ROOT
from tests.support.commands import Desk, a_desk
from tests.support.mail_server import MailServer, mail_server
from tests.support.servers import running

START = Instant.parse("2027-03-08T09:00:00Z")
BASE = "https://meetings.example.org/"


@dataclass
class Office:
    """The desk, the mail server, a client of the server, its log, and the time it is."""

    desk: Desk
    mail: MailServer
    client: httpx.Client
    log: StringIO
    now: Instant = START
    site: Path = field(default_factory=Path)

    def wait(self, span: timedelta) -> None:
        self.now = self.now.plus(span)

    def ask(self, sender: str = "one@example.org", **fields: object) -> httpx.Response:
        form = {"address": sender, "group": "RG-NAV", "language": "en", "zone": "Asia/Tokyo"}
        return self.client.post("/subscribe", data=form | fields)

    def remind(self) -> list[EmailMessage]:
        """Run `remind`, and return what the mail server took of it."""
        before = len(self.mail.taken)
        self.desk.do("remind", now=str(self.now))
        return self.mail.letters_since(before)

    def confirm(self, address: str, **fields: object) -> str:
        """Ask, open the letter, confirm; return the path of the person's own calendar."""
        self.ask(address)
        letter = next(one for one in self.remind() if b"/confirm/" in one.as_bytes())
        page = self.client.post(link_of(letter, "confirm"), data=fields)
        return calendar_of(page.text) or ""

    def dump(self) -> str:
        """Return all that the database holds, as text."""
        file = self.desk.workspace / "interim.sqlite"
        with closing(sqlite3.connect(file)) as connection:
            return "\n".join(connection.iterdump())


@cache
def _published() -> Path:
    """Publish the example once, for each office to be a copy of."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    desk = replace(a_desk(folder), environment={"INTERIM_BASE_URL": BASE})
    desk.do("import", ROOT / "examples" / "report.txt")
    desk.do("approve", now=str(START))
    desk.do("publish", folder / "site", now=str(START))
    return folder


@contextmanager
def an_office(folder: Path, *, letters_an_hour: int = 60) -> Iterator[Office]:
    """Serve the published example with its people and a mail server."""
    with mail_server() as mail:
        environment = {"INTERIM_SMTP_URL": mail.url, "INTERIM_BASE_URL": BASE}
        shutil.copytree(_published(), folder, dirs_exist_ok=True)
        desk, site = Desk(folder / "work", environment), folder / "site"
        log = StringIO()
        office = Office(desk, mail, httpx.Client(), log, site=site)
        workspace = replace(
            open_workspace(desk.workspace, environment, START), clock=lambda: office.now
        )
        app = application(
            workspace,
            site,
            limiter=None,
            log=Log(log, lambda: office.now),
            letters_an_hour=letters_an_hour,
        )
        with (
            running(app) as address,
            httpx.Client(base_url=address, trust_env=False, timeout=60) as client,
        ):
            office.client = client
            yield office


def link_of(letter: EmailMessage, place: str) -> str:
    """Return the path of a letter's link."""
    text = letter.get_body(("plain",)).get_content()
    (path,) = re.findall(rf"{BASE}({place}/\S+)", text)
    return f"/{path}"


def calendar_of(page: str) -> str | None:
    """Return the path of the own calendar that a page shows, if any."""
    found = re.search(rf'value="{BASE}(personal/[^"]+)"', page)
    return f"/{found[1]}" if found else None
