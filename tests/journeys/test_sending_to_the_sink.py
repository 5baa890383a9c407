"""The sink of the examples: a letter sent to it lies in its folder, and it ends with its parent."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scheduler.notification.channel import Answer, Verdict
from scheduler.notification.smtp.connection import SmtpChannel
from scheduler.notification.smtp.servers import parse_mail_url
from tests.support.posts import until

pytestmark = pytest.mark.server
SINK = Path(__file__).parents[2] / "examples" / "mail_sink.py"


def test_a_letter_sent_to_the_sink_lies_in_its_folder(tmp_path: Path):
    folder = tmp_path / "letters"
    command = [sys.executable, str(SINK), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as sink:
        assert sink.stdout is not None
        answer = asyncio.run(send(sink.stdout.readline().strip()))
        said = sink.stdout.readline()
        sink.terminate()
    assert answer == Answer(Verdict.TAKEN)
    assert said == f"{folder / '0001.eml'}  to someone@example.org\n"
    assert (folder / "0001.eml").read_bytes() == b"Subject: x\r\n\r\nhello\r\n"


async def send(url: str) -> Answer:
    channel = SmtpChannel(parse_mail_url(url))
    await channel.open()
    answer = await channel.send(
        "interim@example.org", "someone@example.org", b"Subject: x\r\n\r\nhello\r\n"
    )
    await channel.close()
    return answer


def test_the_sink_ends_with_the_process_that_started_it(tmp_path: Path):
    start = (
        "import subprocess, sys\n"
        "sink = subprocess.Popen([sys.executable, *sys.argv[1:]], stdout=subprocess.PIPE)\n"
        "sink.stdout.readline()\n"
        "print(sink.pid)\n"
    )
    command = [sys.executable, "-W", "ignore", "-c", start, str(SINK), str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    until(lambda: not is_running(int(run.stdout)))


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or ") Z " not in state.read_text()
