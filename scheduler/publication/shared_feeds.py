"""The feeds that hold entries of several groups."""

from collections.abc import Iterator, Sequence

from scheduler.publication.assembling import feed
from scheduler.publication.entry_blocks import BlocksByLanguage, in_order
from scheduler.publication.names import ALL, VARIANTS, feed_path, index_path
from scheduler.wording.languages import LANGUAGES, SOURCE_LANGUAGE, speaker


def shared_feeds(held: Sequence[BlocksByLanguage], base_url: str) -> Iterator[tuple[str, bytes]]:
    """Yield each feed of several groups by its path below the site, from what each group's hold."""
    whole = {
        language: in_order(one for own in held for one in own[language]) for language in LANGUAGES
    }
    for variant in VARIANTS:
        language = variant.language or SOURCE_LANGUAGE
        said = speaker(language)
        path = feed_path(ALL, variant=variant)
        yield (
            path,
            feed(
                path,
                index_path(variant.language),
                base_url,
                name=said.say("Interim meetings and deadlines"),
                about=said.say("Interim meetings and deadlines of all groups."),
                language=language,
                variant=variant,
                blocks=whole[language],
            ),
        )
