"""What the server counts of itself, as Prometheus reads it."""

from collections import Counter
from collections.abc import Callable, Iterator

from starlette.requests import Request
from starlette.responses import Response

from scheduler.publication.names import ALL, feed_path
from scheduler.web.holding import Site

NOT_MODIFIED = 304
TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8"


class Counts:
    """How many answers there were, by status, since the server started."""

    def __init__(self) -> None:
        self.answers: Counter[int] = Counter()

    def lines(self, published_at: float | None, files: int, entries: int) -> Iterator[str]:
        """Yield the lines of the text format; `published_at` is in seconds since 1970."""
        total = self.answers.total()
        yield from _family("interim_http_requests_total", "counter", "Answers by status.")
        for status in sorted(self.answers):
            yield f'interim_http_requests_total{{status="{status}"}} {self.answers[status]}'
        yield from _family(
            "interim_http_not_modified_ratio", "gauge", "Share of answers with status 304."
        )
        share = self.answers[NOT_MODIFIED] / total if total else 0.0
        yield f"interim_http_not_modified_ratio {share:.6f}"
        if published_at is not None:
            yield from _family(
                "interim_last_publication_timestamp_seconds", "gauge", "When was published last."
            )
            yield f"interim_last_publication_timestamp_seconds {published_at:.0f}"
        yield from _family("interim_published_files", "gauge", "Files that are published.")
        yield f"interim_published_files {files}"
        yield from _family("interim_published_entries", "gauge", "Entries in the feed of all.")
        yield f"interim_published_entries {entries}"


def _family(name: str, kind: str, said: str) -> Iterator[str]:
    yield f"# HELP {name} {said}"
    yield f"# TYPE {name} {kind}"


def measuring(site: Site, counts: Counts) -> Callable[[Request], Response]:
    """Return the endpoint that Prometheus reads."""

    def answer(_: Request) -> Response:
        feed = site.find(feed_path(ALL), compressed=False)
        entries = feed.data.count(b"BEGIN:VEVENT\r\n") if feed else 0
        lines = counts.lines(site.published_at, len(site.names()), entries)
        return Response("\n".join(lines) + "\n", media_type=TEXT_FORMAT)

    return answer
