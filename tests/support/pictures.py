"""What a picture of a page shows, as far as its boxes and bytes tell."""

import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page

FOLDER = "INTERIM_SCREENSHOTS"  # where pictures are kept to be looked at
SEEN_COLOURS = 40  # fewer differences than that between points: nothing is written there

# The lines of each visible text, as [left, top, right, bottom, words, what cuts it off]. What is
# there for screen readers alone, and what is chosen from or filled in, has no text of the page.
TEXTS = """() => {
  const unseen = "select, textarea, script, style, noscript, title, .skip, .said, .unseen, [aria-hidden]";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const lines = [];
  const cutter = (box, element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (getComputedStyle(at).overflow === "visible") continue;
      const edge = at.getBoundingClientRect();
      if (edge.width < 2 || edge.height < 2) return null;
      if (box.bottom > edge.bottom + 3 || box.right > edge.right + 2 || box.left < edge.left - 2) return at.className || at.tagName;
    }
    return "";
  };
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (!node.data.trim() || element.closest(unseen) || !element.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      const cut = cutter(box, element);
      if (cut === null || box.width < 1) continue;
      lines.push([box.left, box.top, box.right, box.bottom, node.data.trim().slice(0, 60), cut]);
    }
  }
  return lines;
}"""  # noqa: E501

Line = tuple[float, float, float, float, str, str]


def taken(page: Page, name: str, folder: Path) -> bytes:
    """The picture of the whole page, kept in `folder` or where `INTERIM_SCREENSHOTS` says."""
    folder = Path(os.environ.get(FOLDER) or folder)
    folder.mkdir(parents=True, exist_ok=True)
    return page.screenshot(path=folder / f"{name}.png", full_page=True, animations="disabled")


def faults(page: Page, width: int) -> list[str]:
    """What stands outside the page, is cut off by its box, or lies upon other words."""
    lines: list[Line] = [tuple(line) for line in page.evaluate(TEXTS)]
    outside = [line[4] for line in lines if line[0] < -1 or line[2] > width + 1]
    cut = [f"{words} | cut off by {cutter}" for *_, words, cutter in lines if cutter]
    return outside + cut + list(_overlaps(lines))


def _overlaps(lines: list[Line]) -> Iterator[str]:
    # The box of a line is a little higher than its letters, so neighbours touch.
    for number, (left, top, right, bottom, words, _) in enumerate(lines):
        for others in lines[number + 1 :]:
            across = min(right, others[2]) - max(left, others[0])
            down = min(bottom, others[3]) - max(top, others[1])
            if across > 2 and down > 4:
                yield f"{words} | upon | {others[4]}"


def size(picture: bytes) -> tuple[int, int]:
    """How wide and high a PNG is."""
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def is_blank(picture: bytes) -> bool:
    """Whether hardly anything in a PNG differs from the point beside it."""
    data, at = b"", 8
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        if picture[at + 4 : at + 8] == b"IDAT":
            data += picture[at + 8 : at + 8 + length]
        at += length + 12
    return len(set(zlib.decompress(data))) < SEEN_COLOURS
