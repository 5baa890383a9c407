"""`subscribers`: the verb that shows who is told."""

import click

from scheduler.actions.subscribers import list_subscribers
from scheduler.cli.frame import Frame, json_option, make_console, pass_frame, print_document
from scheduler.cli.people import group_option
from scheduler.cli.show.people import print_subscribers, subscriber_document


@click.command()
@group_option
@click.option("--address", help="What one address is subscribed to.")
@json_option
@pass_frame
def subscribers(frame: Frame, group: str | None, address: str | None, as_json: bool) -> None:
    """List who is told about which group, and what each of them chose."""
    workspace = frame.open()
    found = list_subscribers(workspace.store, workspace.groups, group=group, address=address)
    if as_json:
        print_document({"subscribers": [subscriber_document(one) for one in found]})
    elif found:
        print_subscribers(make_console(), found)
    else:
        frame.say(f"Nobody is subscribed to {group or 'any group'}.")
