"""Text files."""

from polyvocal.domain.errors import UserError
from polyvocal.exchange.readers.reading import Reading
from polyvocal.services.commands.incoming import ToldBy

_OTHER_KINDS = (
    (b"PK\x03\x04", "a zip package, perhaps a Word document", "give it back its ending (.docx)"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save it as .docx in Word or LibreOffice"),
    (b"%PDF-", "a PDF", "give it back its ending (.pdf)"),
    (b"{\\rtf", "a rich text file", "give it back its ending (.rtf)"),
)


def read_plain(content: bytes, name: str, *, encoding: str | None = None) -> Reading:
    """Read text in UTF-8, in whatever its byte-order mark says, or in an encoding told by its statistics; or else in
    the one that a person names.

    Raises UserError for what is no text, for text whose encoding cannot be told, or is another one than was named.
    """
    if encoding is not None:
        from polyvocal.exchange.readers.encoding import decode_as

        return decode_as(content, name, encoding)
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = None
    if text is not None and not text.startswith(("\ufeff", "{\\rtf", "%PDF-", "PK\x03\x04")) and "\0" not in text:
        # the usual case, made quick: a folder may hold ten thousand of them
        return Reading(text, "utf-8", encoding_by=ToldBy.VALIDITY)
    for mark, kind, remedy in _OTHER_KINDS:
        if content.startswith(mark):
            raise UserError(f"{name} is no text file, whatever its ending says: it is {kind}. To read it, {remedy}.")
    from polyvocal.exchange.readers.encoding import decode

    return decode(content, name)
