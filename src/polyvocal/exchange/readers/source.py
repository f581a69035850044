"""One door for all files: from a path to a text that is ready to be taken in."""

from pathlib import Path

from polyvocal.domain.errors import UserError
from polyvocal.domain.text import normalise
from polyvocal.exchange.readers.given import STANDARD_INPUT, STDIN, GivenFile, file_on_disk
from polyvocal.exchange.readers.reading import Reading
from polyvocal.exchange.readers.registry import TEXT, WRITTEN_IN_AN_ENCODING, Format, format_for
from polyvocal.services.commands.incoming import Incoming


def read_source(file: Path | GivenFile, *, title: str | None = None, encoding: str | None = None) -> Incoming:
    """Read a file by its ending, or text from standard input where the path is `-`.

    The title is the file's name without its ending, unless given. The encoding of a text file is found out, unless
    given. Raises UserError (no such file, a kind that is not known, empty, too large, damaged, not what its ending
    says, not in the encoding) or EnvironmentFault (no permission).
    """
    if isinstance(file, Path):
        file = STANDARD_INPUT if file == STDIN else file_on_disk(file)
    is_named = file is not STANDARD_INPUT
    name = file.shown
    form = format_for(file.ending, name) if is_named else TEXT
    content = file.content(form.max_bytes)
    reading = _read(content, name, form, encoding=encoding)
    if not reading.text or reading.text.isspace():
        lost = "; ".join(f"{note.what}: {note.how_many}" for note in reading.notes)
        besides = f" What is in it instead: {lost}." if lost else ""
        raise UserError(f"{name} is empty: there is no text in it to code.{besides}")
    try:
        text, edits = normalise(reading.text)
    except UserError as fault:
        raise UserError(f"{name} cannot be read: {fault}") from None
    return Incoming(
        title=title or (file.title if is_named else name),
        text=text,
        edits=edits,
        file_name=file.name if is_named else None,
        content=content,
        encoding=reading.encoding,
        encoding_by=reading.encoding_by,
        notes=reading.notes,
        beside=reading.beside.follow(edits, len(text)),
        properties=reading.properties,
        kind=form.kind,
    )


def _read(content: bytes, name: str, form: Format, *, encoding: str | None) -> Reading:
    if encoding is None:
        return form.load()(content, name)
    if form not in WRITTEN_IN_AN_ENCODING:
        raise UserError(f"{name} is a {form.name}, which says its encoding itself: name none for it.")
    return form.load()(content, name, encoding=encoding)
