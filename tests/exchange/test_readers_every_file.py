"""Every real document that there is: read, or refused with a reason; `pytest -s` shows the table of them."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from polyvocal.domain.errors import UserError
from polyvocal.domain.text import count_words
from polyvocal.domain.words import Fate
from polyvocal.exchange.readers import read_source, readable_endings

_ALWAYS_REFUSED = {".json", ""}
"""Kinds of files that lie among the documents and are none."""


class Outcome(NamedTuple):
    """What came of a file: words that were read and what was left out, or why it was refused."""

    words: int | None
    told: str


HAND_COUNTED = {
    "pdf/pypdf-crazyones.pdf": 170,
    "pdf/pypdf-multilang.pdf": 25,
    "pdf/pikepdf-fourpages.pdf": 8,
    "pdf/pypdf-superscript-pdftex.pdf": 8,
    "pdf/pypdf-missing_info.pdf": 15,
    "pdf/pypdf-imagemagick-images.pdf": 4,
    "pdf/pypdf-encryption/unencrypted.pdf": 5,
    "pandoc-docx/tabs.docx": 8,
    "pandoc-docx/drop_cap.docx": 12,
    "pandoc-docx/track_changes_move.docx": 16,
    "pandoc-docx/lists_continuing.docx": 9,
    "python-docx/par-hyperlinks.docx": 17,
}
"""Words as a person counts them who looks at the page."""


def files_in(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def outcome_of(path: Path) -> Outcome:
    try:
        incoming = read_source(path)
    except UserError as fault:
        return Outcome(None, str(fault))
    left_out = (f"{note.what}: {note.how_many:,}" for note in incoming.notes if note.fate is Fate.LEFT_OUT)
    return Outcome(count_words(incoming.text), ", ".join(left_out))


def test_every_document_is_read_or_refused_with_a_reason(shared_data: Path) -> None:
    lines = []
    endings = {*readable_endings(), *_ALWAYS_REFUSED}
    paths = [path for name in ("documents", "texts") for path in files_in(shared_data / name)]
    assert len(paths) > 100
    for path in paths:
        name = path.relative_to(shared_data).as_posix()
        if path.suffix not in endings:
            lines.append(f"{name:66} {'no reader yet':>8}")
            continue
        began = time.perf_counter()
        outcome = outcome_of(path)
        took = time.perf_counter() - began
        read = f"{outcome.words:>8,}" if outcome.words is not None else " refused"
        lines.append(f"{name:66} {read} {took:6.2f} s  {outcome.told}")
        if outcome.words is None:
            assert path.name in outcome.told
        else:
            assert outcome.words > 0
        assert path.suffix not in _ALWAYS_REFUSED or outcome.words is None
    print("\n" + "\n".join(lines))


@pytest.mark.parametrize("name", HAND_COUNTED)
def test_words_are_those_that_a_person_counts(shared_data: Path, name: str) -> None:
    assert outcome_of(shared_data / "documents" / name).words == HAND_COUNTED[name]
