"""The text of a mail that was sent as HTML only."""

from html.parser import HTMLParser

_BREAKING = {
    "address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "div", "dl", "dt",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "li",
    "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
}  # fmt: skip
_PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "ul", "ol"}
_UNSEEN = {"script", "style", "head", "title", "template", "noscript", "del", "s", "strike"}
_HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}


def html_lines(source: str) -> list[tuple[int, str]]:
    """Return lines of Markdown-like text, each with the line of the HTML where it begins."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    reader.end_line()
    return reader.lines


class _Reader(HTMLParser):
    """Collects what a person would see; cells of a table are parted by bars."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[int, str]] = []
        self._line: list[str] = []
        self._begun = 1
        self._unseen: list[str] = []
        self._counters: list[int | None] = []
        self._cells = 0  # of the row that is open
        self._in_row = False
        self._is_head = False

    def end_line(self) -> None:
        """End the line that is being collected."""
        text = " ".join("".join(self._line).split())
        if text:
            self.lines.append((self._begun, text))
        self._line = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, an item, a cell or what is not shown."""
        if tag in _UNSEEN:
            self._unseen.append(tag)
        if tag in {"tr", "table"}:
            self._end_row()
            self._in_row = tag == "tr"
        if tag in {"td", "th"}:
            self._line.append("| ")
            self._cells += 1
            self._is_head = self._is_head or tag == "th"
        elif tag in _BREAKING:
            self._break(tag)
        if tag in {"ul", "ol"}:
            self._counters.append(_first_number(attrs) if tag == "ol" else None)
        self._add_mark(tag)

    def handle_endtag(self, tag: str) -> None:
        """End what the start of the tag began."""
        if self._unseen and self._unseen[-1] == tag:
            self._unseen.pop()
        if tag in {"tr", "table"}:
            self._end_row()
        if tag in _BREAKING:
            self._break(tag)
        if tag in {"ul", "ol"} and self._counters:
            self._counters.pop()

    def handle_data(self, data: str) -> None:
        """Collect text that is shown."""
        if self._unseen:
            return
        if not self._line:
            self._begun = self.getpos()[0] + len(data) - len(data.lstrip("\n"))
        self._line.append(data.replace("|", "/") if self._in_row else data)

    def _end_row(self) -> None:
        if self._in_row and self._cells:
            self._line.append(" |")
            self.end_line()
            if self._is_head:
                self.lines.append((self._begun, "| --- " * self._cells + "|"))
        self._in_row, self._is_head, self._cells = False, False, 0

    def _break(self, tag: str) -> None:
        if self._in_row:
            self._line.append(" ")
            return
        self.end_line()
        if tag in _PARAGRAPHS and self.lines and self.lines[-1][1]:
            self.lines.append((self.getpos()[0], ""))

    def _add_mark(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._line.append(_HEADINGS[tag])
        elif tag == "li" and self._counters and not self._in_row:
            number = self._counters[-1]
            self._line.append("- " if number is None else f"{number}. ")
            self._counters[-1] = None if number is None else number + 1


def _first_number(attrs: list[tuple[str, str | None]]) -> int:
    start = dict(attrs).get("start") or "1"
    return int(start) if start.isascii() and start.isdigit() and len(start) < 4 else 1
