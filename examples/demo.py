"""The whole main job on the sample report: `make demo`.

Everything happens in the folder demo/ of the checkout, which each run makes anew: a workspace
with a SQLite file, a site, and a folder of letters that a mail server on loopback has taken.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "demo"
WORK, SITE, LETTERS = DEMO / "work", DEMO / "site", DEMO / "letters"
EVE_OF_A_DEADLINE = "2027-03-09T09:00:00Z"
READER = ["someone@example.org", "--group", "RG-NAV", "--zone", "Asia/Tokyo"]


def main() -> int:
    """Run the main job; return the first exit status that is not 0."""
    shutil.rmtree(DEMO, ignore_errors=True)
    DEMO.mkdir()
    with mail_sink() as sink:
        environment = os.environ | {"INTERIM_SMTP_URL": first_line(sink)}
        for explanation, arguments in steps():
            say(f"\n\033[1m# {explanation}\033[0m" if sys.stdout.isatty() else f"\n# {explanation}")
            if status := interim(arguments, environment):
                return status
        sink.terminate()
    show_results()
    return 0


def steps() -> list[tuple[str, list[str]]]:
    """Return what is run, and why."""
    report = str(ROOT / "examples" / "report.txt")
    inside = ["--workspace", str(WORK)]
    remind = [*inside, "--now", EVE_OF_A_DEADLINE, "remind"]
    return [
        ("Make a workspace.", ["init", str(WORK)]),
        ("Read the report, and save its meetings as a draft.", [*inside, "import", report]),
        ("See what the draft would change, and why each date is what it is.", [*inside, "plan"]),
        ("Make it stand.", [*inside, "approve", "--by", "demo"]),
        ("Write calendar feeds and pages.", [*inside, "publish", str(SITE)]),
        ("Once more: nothing has changed, so nothing is written.", [*inside, "publish", str(SITE)]),
        ("Somebody in Tokyo wants to be told.", [*inside, "subscribe", *READER]),
        ("The day before a deadline: one letter.", remind),
        ("However often it is asked: no second one.", remind),
        ("What became of it.", [*inside, "outbox", "list"]),
    ]


def interim(arguments: list[str], environment: dict[str, str]) -> int:
    """Run one command as a person would, and show it."""
    say(f"$ interim {' '.join(shown(argument) for argument in arguments)}")
    command = [sys.executable, "-m", "scheduler", *arguments]
    return subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode


def shown(argument: str) -> str:
    """Return an argument as one would type it in the checkout."""
    text = argument.removeprefix(f"{ROOT}/")
    return f'"{text}"' if " " in text else text


def mail_sink() -> "subprocess.Popen[str]":
    """Start the mail server that keeps letters as files."""
    command = [sys.executable, str(ROOT / "examples" / "mail_sink.py"), str(LETTERS)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def first_line(process: "subprocess.Popen[str]") -> str:
    """Return what a process says first: of the mail server, its URL."""
    if process.stdout is None:
        return ""
    return process.stdout.readline().strip()


def show_results() -> None:
    """Show a piece of the feed and of the letter, and where everything lies."""
    feed = (SITE / "feeds" / "rg-nav.ics").read_text(encoding="utf-8")
    say("\n# A meeting as calendars get it (demo/site/feeds/rg-nav.ics):")
    say("BEGIN:VEVENT" + feed.split("BEGIN:VEVENT")[2].split("BEGIN:VEVENT")[0].rstrip())
    letter = next(LETTERS.glob("*.eml"))
    say(f"\n# The letter (demo/letters/{letter.name}):")
    say(readable(letter))
    say(
        "\nEverything is in demo/: open demo/site/index.html in a browser, or serve it with\n"
        "  .venv/bin/interim --workspace demo/work serve\n"
        "Next: 'interim init' a workspace of your own, and 'interim import' a report. "
        "docs/tour.md goes on from there."
    )


def readable(letter: Path) -> str:
    """Return the head and the plain text of a letter."""
    from email import policy
    from email.parser import BytesParser

    message = BytesParser(policy=policy.default).parsebytes(letter.read_bytes())
    head = [f"{name}: {message[name]}" for name in ("From", "To", "Subject", "Date")]
    body = message.get_body(("plain",))
    return "\n".join(head) + "\n\n" + (body.get_content() if body else "")


def say(text: str) -> None:
    """Print at once, so that what the commands print stands in its place."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
