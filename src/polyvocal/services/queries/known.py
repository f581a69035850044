"""Which texts are in a project already, before they are taken in."""

from collections.abc import Sequence

from polyvocal.domain.records import Source, SourceVersion
from polyvocal.store.unit import hash_text
from polyvocal.store.view import View


def titles_of_texts(view: View, texts: Sequence[str]) -> list[str | None]:
    """For each text the title of the source that has just it, in whichever version; None where there is none."""
    hashes = [hash_text(text) for text in texts]
    sources = {version.text_hash: version.source for version in view.among(SourceVersion, "text_hash", hashes)}
    return [view.need(Source, sources[one]).title if one in sources else None for one in hashes]
