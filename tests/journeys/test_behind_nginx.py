"""A site behind nginx, as the example sets it up, answers as the product's own server does."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from scheduler.publication.folder.compression import with_compressed
from scheduler.publication.folder.files import write_files
from scheduler.publication.site import site
from tests.support.nginx import an_address, behind_nginx, nginx
from tests.support.plans import BASE, EVENTFUL, PLAN, RG_NAV, TODAY
from tests.support.posts import until
from tests.support.serving_process import interim_serve

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(nginx() is None, reason="nginx is not installed"),
]
FEED = "/feeds/rg-nav.ics"
ALIKE = (
    "Content-Type", "Content-Length", "Content-Encoding", "Last-Modified", "Cache-Control",
    "Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options",
)  # fmt: skip
Both = tuple[httpx.Client, httpx.Client]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published") / "site"
    write_files(folder, with_compressed(site([(RG_NAV, PLAN)], BASE, TODAY)))
    return folder


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, out: Path) -> Iterator[Both]:
    """A client of our own server, and one of nginx before it."""
    folder = tmp_path_factory.mktemp("servers")
    with (
        interim_serve(folder, out, "--rate", "0") as serving,
        behind_nginx(folder / "nginx", out, "{}:{}".format(*serving.host_and_port)) as front,
        httpx.Client(base_url=serving.address, trust_env=False, timeout=60) as ours,
    ):
        yield ours, front


def paths(out: Path) -> list[str]:
    files = (str(file.relative_to(out)) for file in sorted(out.rglob("*")) if file.is_file())
    return [f"/{path}" for path in files if not path.endswith(".gz") and "/." not in f"/{path}"]


@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_every_file_is_answered_alike(both: Both, out: Path, coding: str):
    for path in ("/", *paths(out)):
        mine, theirs = (
            client.get(path, headers={"Accept-Encoding": coding}).raise_for_status()
            for client in both
        )
        assert theirs.content == mine.content, path
        for name in ALIKE:
            assert theirs.headers.get(name) == mine.headers.get(name), (path, name)
        if (out / f"{path[1:]}.gz").exists():
            assert theirs.headers["Vary"] == mine.headers["Vary"], path


@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_either_validator_saves_the_body(both: Both, coding: str):
    for client in both:
        first = client.get(FEED, headers={"Accept-Encoding": coding})
        for condition in (
            {"If-None-Match": first.headers["ETag"]},
            {"If-Modified-Since": first.headers["Last-Modified"]},
        ):
            again = client.get(FEED, headers={"Accept-Encoding": coding} | condition)
            assert (again.status_code, again.content) == (304, b"")


def test_each_encoding_has_a_strong_tag_of_its_own(both: Both):
    for client in both:
        tags = {
            client.get(FEED, headers={"Accept-Encoding": coding}).headers["ETag"]
            for coding in ("gzip", "identity")
        }
        assert len(tags) == 2
        assert not any(tag.startswith("W/") for tag in tags)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/nothing"),
        ("GET", "/feeds"),
        ("GET", "/feeds/"),
        ("GET", f"{FEED}.gz"),
        ("GET", "/.interim-manifest.json"),
        ("GET", "/health"),
        ("GET", "/subscribe"),
        ("GET", "/robots.txt"),
        ("GET", "/unsubscribe/wrong"),
        ("POST", "/unsubscribe/wrong"),
        ("GET", "/feeds?group=nothing"),
    ],
)
def test_what_is_no_file_is_our_own_servers_answer(both: Both, method: str, path: str):
    mine, theirs = (client.request(method, path) for client in both)
    assert (theirs.status_code, theirs.text) == (mine.status_code, mine.text)
    assert theirs.headers["Content-Type"] == mine.headers["Content-Type"]
    assert theirs.headers.get("Cache-Control") == mine.headers.get("Cache-Control")


def test_what_the_server_counts_is_for_this_machine_alone(tmp_path: Path, out: Path):
    with (
        an_address() as local,
        interim_serve(tmp_path, out) as serving,
        behind_nginx(
            tmp_path / "nginx", out, "{}:{}".format(*serving.host_and_port), local
        ) as front,
    ):
        assert front.get("/metrics").status_code == 403
        assert front.get("/health").text == "ok\n"
        figures = httpx.get(f"http://{local}/metrics", trust_env=False, timeout=60)
    assert (figures.status_code, "interim_published_files" in figures.text) == (200, True)


def test_a_feed_is_only_read(both: Both):
    assert [client.post(FEED).status_code for client in both] == [405, 405]


def test_secrets_are_not_logged(both: Both, tmp_path_factory: pytest.TempPathFactory):
    _, front = both
    front.get("/unsubscribe/very-secret")
    front.get(FEED)
    front.get(FEED, headers={"User-Agent": "the last"})
    base = tmp_path_factory.getbasetemp()

    def logged() -> str:
        return "".join(file.read_text() for file in base.glob("servers*/nginx/access.log"))

    until(lambda: "the last" in logged())  # a line may be written after its answer has come
    assert ("very-secret" in logged(), FEED in logged()) == (False, True)


def test_a_new_publication_is_seen_without_a_restart(tmp_path: Path, out: Path):
    own = tmp_path / "site"
    shutil.copytree(out, own)
    with behind_nginx(tmp_path / "nginx", own, "127.0.0.1:9") as front:
        first = front.get(FEED)
        write_files(own, with_compressed(site([(RG_NAV, EVENTFUL)], BASE, TODAY)))
        held = {"If-None-Match": first.headers["ETag"]}
        answers = []

        def asked() -> bool:
            answers.append(front.get(FEED, headers=held))
            return answers[-1].status_code == 200

        until(asked)  # it looks once a second
        assert b"STATUS:CANCELLED" in answers[-1].content
