"""The commented example of a group's file, which does nothing until it is used."""

EXAMPLE_GROUP = """\
# A group's settings. This file does nothing as it is: copy it, or take away the '#' signs.
# 'interim import' makes such a file for every group that it meets for the first time.
#
# acronym: RG-NAV                      # as its reports write it
# name: Rapporteur Group on Numbering, Addressing and Verification
# parent: TSAG                         # the group it reports to
# body: ITU-T                          # whose rules bind it
# zone: Europe/Zurich                  # where its clock stands (IANA name)
# language: en                         # of its feeds and letters, unless a reader asks otherwise
# page: https://www.example.org/rg-nav # its own page
# mail:
#   from: rg-nav@example.org           # who its letters come from
#   reply_to: secretariat@example.org  # where answers go
#   coalesce_minutes: 10               # for so long edits are gathered into one letter
# reminders: [7, 1]                    # days before a deadline on which subscribers are told
# reminder_rules:                      # the same by kind of deadline, and for meetings
#   contribution: [28 days, 14 days, 7 days, 3 days, 1 day, 2 hours]
#   minutes: [3 days, 1 day after]     # after: to chase what is overdue
#   report:                            # owed by: they alone are reminded, until it is done
#     times: [7 days, 1 day after]
#     owed_by: [rapporteur@example.org]
#   meeting: [7 days, 1 day, 2 hours]  # before its start; none unless it is said
#   answer: [7 days, 2 days]           # before it, to who is invited and has not answered
# keep_cancelled_days: 30              # how long a cancelled entry stays in the feeds
# kind: rapporteur_group               # what its body calls such a group; see docs/rules.md
# host: UNOG                           # whose closed days count
# members:                             # where its members are, for hours and holidays
#   zones: [America/New_York, Asia/Tokyo]
#   countries: [FR, DE]
# holidays:                            # days of a host, or of countries beside the known ones
#   - {date: 2027-05-28, name: Day after Corpus Christi, countries: [DE]}
# parent_meetings:                     # what the series has to be planned around
#   - {name: TSAG, date: 2027-06-07, end_date: 2027-06-11}
# events:
#   - {title: Workshop on numbering, date: 2027-04-19}
# clear_days: false                    # whether "12 days" leaves out both ends (13), or one (12)
# supply: false                        # whether deadlines of the body's rules are entered
# waivers:                             # rules of the body it does without, and why
#   - {rule: two_months, reason: agreed with the parent in January}
# people: [chair-a, secretary-b]       # who is at its meetings, by names other groups use too
# rooms: [Room A]                      # rooms that cannot be had twice at once
# calendars:                           # kept by others; meetings had better not overlap with them
#   - {title: Members' holidays, file: holidays.ics, hard: false}
#   - {title: Conferences, url: "https://calendars.example.org/conferences.ics"}
# topics:                              # what it works on, and other words for that
#   - {name: Number portability, aliases: [porting of numbers]}
#   - {name: Tariffs, in_scope: false} # for another group; taken off the agendas
# agenda:
#   minutes_per_item: 15               # for a contribution that asks for none of its own
#   administrative:
#     - {title: Opening and agenda, minutes: 5}
#     - {title: Any other business, minutes: 5, last: true}
# join_link: members                   # who sees links to join: members, or public
# color: steelblue                     # of its feeds (CSS3 name)
# documents: "https://docs.example.org/{number}" # where documents lie
"""
