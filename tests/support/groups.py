"""Groups whose plans stand, followed by one reader, and what the mail server took of them."""

from tests.support.commands import a_desk

REPORT = """\
Report of {group}
{group} plans these virtual interim meetings (all times are given in Geneva time):
i. 17 March 2027, 1400-1530, topic one
ii. 21 April 2027, 1400-1530, topic two
iii. 26 May 2027, 1400-1530, topic three
iv. 7 July 2027, 1400-1530, topic four
Contributions are due 7 days before each of these meetings.
"""
GROUP = """\
acronym: {group}
name: Group {group}
zone: Europe/Zurich
reminders: [1]
mail:
  from: {lower}@groups.example.org
  reply_to: chair-{lower}@groups.example.org
"""
BEGUN = "2027-02-10T09:00:00Z"
READER = "reader@example.org"


class Groups:
    """A workspace whose groups' plans stand, all followed by one reader, and a mail server."""

    def __init__(self, folder, server):
        self.folder, self.server = folder, server
        self.desk = a_desk(folder)
        self.desk.environment["INTERIM_SMTP_URL"] = server.url
        self.set("base_url: https://meet.example.org/", "mail:", "  from: office@example.org")

    def set(self, *lines):
        with (self.desk.workspace / "interim.yaml").open("a", encoding="utf-8") as file:
            file.write("\n".join(["", *lines, ""]))

    def begin(self, *groups):
        for group in groups:
            report, lower = self.folder / f"{group}.txt", group.lower()
            report.write_text(REPORT.format(group=group))
            settings = self.desk.workspace / "groups" / f"{lower}.yaml"
            settings.write_text(GROUP.format(group=group, lower=lower))
            self.desk.do("import", report, "--group", group, "--date", "2027-02-03", now=BEGUN)
            self.desk.do("approve", "--group", group, "--despite", "same days", now=BEGUN)
            self.desk.do("subscribe", READER, "--group", group, now=BEGUN)
        return self

    def stands(self, *edits, now, how=()):
        for edit in edits:
            self.desk.do(*edit, now=now)
        return self.desk.do("approve", "--despite", "same days", *how, now=now)

    def letters(self, now):
        """Run `remind`, and return what the mail server took of it."""
        before = len(self.server.taken)
        self.desk.do("remind", now=now)
        return self.server.letters_since(before)

    def outbox(self):
        return self.desk.json("outbox", "list")["letters"]


def text_of(letter):
    return letter.get_body(("plain",)).get_content().replace("\r\n", "\n")


def move(meeting, day):
    return ("move", meeting, "--date", day)
