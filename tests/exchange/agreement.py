"""How far the text that a reader makes of a document agrees with the text that LibreOffice makes of it.

LibreOffice's export to text is another program's opinion of what a document says, and the only one at hand that reads
all of these formats. It differs from Polyvocal's own on purpose, which `comparable` takes into account: it leaves out
the texts of notes and of text boxes, and shows the mark of a note as its bare number behind the word.

What is compared are words: runs of letters and digits, each Chinese, Japanese or Korean character by itself. So white
space, punctuation, brackets, bullets of any shape and the bars between cells do not count; the numbers of lists and
the letters in "(b)" do, since both programs write them out. Soft hyphens and marks of no width are no part of a word.
"""

import os
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

import pytest

from polyvocal.domain.structure import PieceKind, Structure

SOFFICE = shutil.which("soffice")
WANTED = 0.99
"""The least share of the words that must agree, by either measure."""
_TEXT = "txt:Text (encoded):UTF8"
_WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_NO_WIDTH = dict.fromkeys(map(ord, "\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_LETTER_AS_BULLET = re.compile("^ +o ", re.MULTILINE)
"""The hollow bullet of Word's lists is the letter o in another font."""
_NOT_EXPORTED = (PieceKind.NOTE, PieceKind.TEXT_BOX)
_PATIENCE = 300


class Agreement(NamedTuple):
    """Of the longer of two texts, the share of the words that both have; in any order, and in the same order."""

    in_common: float
    in_order: float

    @property
    def is_enough(self) -> bool:
        return min(self) >= WANTED


def agreement(ours: str, theirs: str) -> Agreement:
    """How far two texts agree. Two without any word do."""
    first, second = words_of(ours), words_of(theirs)
    longer = max(len(first), len(second))
    if not longer:
        return Agreement(1.0, 1.0)
    in_common = (Counter(first) & Counter(second)).total()
    in_order = sum(block.size for block in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks())
    return Agreement(in_common / longer, in_order / longer)


def words_of(text: str) -> list[str]:
    """The words of a text, as they are compared."""
    text = unicodedata.normalize("NFC", text).translate(_NO_WIDTH)
    return _WORD.findall(_LETTER_AS_BULLET.sub("", text))


def comparable(text: str, structure: Structure) -> str:
    """A text as LibreOffice would export it: without notes and text boxes, the mark of a note as its bare number."""
    kept, at = [], 0
    for piece in structure:
        if piece.start < at:
            continue  # in something that was left out
        if piece.kind in _NOT_EXPORTED:
            kept.append(text[at : piece.start])
        elif piece.kind is PieceKind.NOTE_MARK:
            kept.append(text[at : piece.start] + str(piece.level))
        else:
            continue
        at = piece.end
    return "".join([*kept, text[at:]])


def converted(documents: Iterable[Path], folder: Path, to: str = _TEXT) -> dict[Path, Path]:
    """What LibreOffice makes of documents: the written files in `folder` by document; one it cannot open is missing.

    The test that asks is skipped where LibreOffice is not installed. Documents of one call may bear the same name.
    """
    if SOFFICE is None:
        pytest.skip("LibreOffice (soffice) is not on this machine")
    by_folder: dict[Path, list[Path]] = {}
    for document in documents:
        by_folder.setdefault(document.parent, []).append(document)
    written: dict[Path, Path] = {}
    for number, alike in enumerate(by_folder.values()):
        made = folder / f"{to.partition(':')[0]}-{number}"
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        subprocess.run(
            [SOFFICE, profile, "--headless", "--convert-to", to, "--outdir", os.fspath(made), *map(os.fspath, alike)],
            check=True,
            capture_output=True,
            timeout=_PATIENCE,
        )
        by_stem = {one.stem: one for one in made.iterdir()} if made.is_dir() else {}
        written |= {document: by_stem[document.stem] for document in alike if document.stem in by_stem}
    return written
