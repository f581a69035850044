"""Small Word documents for tests: made with python-docx, with XML of one's own where that has no words for it."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Edit = Callable[[bytes], bytes | None]


def saved(document: WordDocument) -> bytes:
    """A document as the bytes of its file."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def plain_document(*paragraphs: str) -> bytes:
    """A document of plain paragraphs."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def document_of(*blocks: str) -> bytes:
    """A document with these blocks of XML as its body; the prefixes w, r, m, mc, v, wps and wp are known in them."""
    document = Document()
    end = document.element.body[-1]
    others = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
        'xmlns:o="urn:schemas-microsoft-com:office:office"'
    )
    for block in blocks:
        for element in list(parse_xml(f"<w:body {nsdecls('w', 'r', 'wp', 'pic', 'a')} {others}>{block}</w:body>")):
            end.addprevious(element)
    return saved(document)


def paragraph(text: str, properties: str = "") -> str:
    """The XML of a paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    """The XML of a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def with_parts(content: bytes, edits: dict[str, Edit]) -> bytes:
    """A package with some parts made over (from b"" where there was none), or left out where the answer is None."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        names = [*old.namelist(), *(name for name in edits if name not in old.namelist())]
        for name in names:
            data: bytes | None = old.read(name) if name in old.namelist() else b""
            if name in edits:
                data = edits[name](data or b"")
            if data is not None:
                new.writestr(name, data)
    return file.getvalue()


def replaced(part: str) -> Edit:
    """An edit that puts something else in the place of a whole part."""
    return lambda _: part.encode()


def with_part(content: bytes, kind: str, xml: str) -> bytes:
    """A package whose document points to one more part (word/KIND.xml) of a kind such as "footnotes"."""
    pointer = f'<Relationship Id="rIdOf{kind}" Type="{RELATIONSHIPS}/{kind}" Target="{kind}.xml"/></Relationships>'
    return with_parts(
        content,
        {
            f"word/{kind}.xml": replaced(xml),
            "word/_rels/document.xml.rels": lambda rels: rels.replace(b"</Relationships>", pointer.encode()),
        },
    )


def written(folder: Path, content: bytes, name: str = "note.docx") -> Path:
    """The bytes as a file in a folder."""
    path = folder / name
    path.write_bytes(content)
    return path
