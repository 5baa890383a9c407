"""What the server counts of itself, as Prometheus reads it."""

from collections import Counter
from collections.abc import Callable, Iterator

from starlette.requests import Request
from starlette.responses import Response

from scheduler.actions.measures import Measures
from scheduler.actions.outbox_status import OutboxStatus
from scheduler.publication.names import ALL, feed_path
from scheduler.web.holding import Site

NOT_MODIFIED = 304
_KINDS = ("deadline", "meeting")  # of what the feed of all holds, as their categories say
TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8"


class Counts:
    """How many answers there were, by status, since the server started."""

    def __init__(self) -> None:
        self.answers: Counter[int] = Counter()

    def lines(self) -> Iterator[str]:
        """Yield the lines of the text format."""
        total = self.answers.total()
        yield from _family("interim_http_requests_total", "counter", "Answers by status.")
        for status in sorted(self.answers):
            yield f'interim_http_requests_total{{status="{status}"}} {self.answers[status]}'
        share = self.answers[NOT_MODIFIED] / total if total else 0.0
        yield from _gauge(
            "interim_http_not_modified_ratio", "Share of answers with status 304.", f"{share:.6f}"
        )


def _family(name: str, kind: str, said: str) -> Iterator[str]:
    yield f"# HELP {name} {said}"
    yield f"# TYPE {name} {kind}"


def _gauge(name: str, said: str, value: str) -> Iterator[str]:
    yield from _family(name, "gauge", said)
    yield f"{name} {value}"


def measuring(
    site: Site, counts: Counts, measures: Callable[[], Measures | None]
) -> Callable[[Request], Response]:
    """Return the endpoint that Prometheus reads.

    `measures` tells what the workspace's database says, None where that is not known.
    """

    def answer(_: Request) -> Response:
        found = measures()
        published = found.published_at if found else None
        lines = (
            *counts.lines(),
            *_times(published.utc.timestamp() if published else None, site.published_at),
            *_contents(site),
            *(_letters(found.outbox) if found else ()),
        )
        return Response("\n".join(lines) + "\n", media_type=TEXT_FORMAT)

    return answer


def _times(published_at: float | None, changed_at: float | None) -> Iterator[str]:
    """Yield both times: a quiet plan has an old change, only a dead publisher an old run."""
    for what, said, at in (
        ("publication", "When was published last, changed or not.", published_at),
        ("change", "When a publication changed the published files last.", changed_at),
    ):
        if at is not None:
            yield from _gauge(f"interim_last_{what}_timestamp_seconds", said, f"{at:.0f}")


def _contents(site: Site) -> Iterator[str]:
    yield from _gauge(
        "interim_published_files", "Files that are published.", str(len(site.names()))
    )
    feed = site.find(feed_path(ALL), compressed=False)
    yield from _family(
        "interim_published_entries",
        "gauge",
        "Entries in the feed of all groups, cancelled ones too; events have feeds of their own.",
    )
    for kind in _KINDS:
        # octets at the start of a line, where no text of a meeting can stand
        count = feed.data.count(f"\r\nCATEGORIES:{kind},".encode()) if feed else 0
        yield f'interim_published_entries{{kind="{kind}"}} {count}'


def _letters(found: OutboxStatus) -> Iterator[str]:
    yield from _family("interim_letters", "gauge", "Letters of the outbox by state.")
    for state, count in found.counts.items():
        yield f'interim_letters{{state="{state}"}} {count}'
    for name, said, value in (
        (
            "interim_letters_oldest_due_age_seconds",
            "For how long the oldest queued letter is due; 0 where none is.",
            found.oldest_due_age_seconds,
        ),
        ("interim_sending_paused", "1 while sending is paused.", int(found.paused is not None)),
        (
            "interim_run_braked",
            "1 while the next run would send nothing, being larger than foreseen.",
            int(found.braked is not None),
        ),
    ):
        yield from _gauge(name, said, str(value))
