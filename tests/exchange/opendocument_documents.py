"""Small OpenDocument texts for tests, of XML of one's own."""

import io
import zipfile

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = (
    " ".join(
        f'xmlns:{prefix}="{_ODF}:{long}:1.0"'
        for prefix, long in {
            "office": "office",
            "style": "style",
            "text": "text",
            "table": "table",
            "draw": "drawing",
            "meta": "meta",
            "fo": "xsl-fo-compatible",
            "svg": "svg-compatible",
        }.items()
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:math="http://www.w3.org/1998/Math/MathML"'
)
MIME = "application/vnd.oasis.opendocument.text"


def content_of(*blocks: str, styles: str = "", changes: str = "") -> str:
    """The main part of a document with these blocks of XML in it, and these automatic styles."""
    return (
        f"<office:document-content {_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{changes}{''.join(blocks)}</office:text></office:body></office:document-content>"
    )


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A package of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", MIME, zipfile.ZIP_STORED)
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def document_of(*blocks: str, styles: str = "", changes: str = "", **others: str | bytes) -> bytes:
    """A document of these blocks of XML. `others` are more parts; in their names __ is a / and _xml the ending."""
    parts: dict[str, str | bytes] = {"content.xml": content_of(*blocks, styles=styles, changes=changes)}
    named = {name.replace("__", "/").replace("_", "."): content for name, content in others.items()}
    return packed(parts | named | {"META-INF/manifest.xml": _manifest(named)})


def _manifest(named: dict[str, str | bytes]) -> str:
    entries = "".join(
        f'<m:file-entry m:full-path="{path}" m:media-type="{kind}"/>'
        for path, kind in [("/", MIME), ("content.xml", "text/xml"), *((name, "") for name in named)]
    )
    return f'<m:manifest xmlns:m="{_ODF}:manifest:1.0">{entries}</m:manifest>'


def part_of(root: str, inside: str) -> str:
    """A part such as styles.xml with this root element."""
    return f"<office:{root} {_SPACES}>{inside}</office:{root}>"


def paragraph(inside: str, style: str = "Standard") -> str:
    """A paragraph."""
    return f'<text:p text:style-name="{style}">{inside}</text:p>'


def heading(inside: str, level: int = 1, more: str = "") -> str:
    """A heading."""
    return f'<text:h text:outline-level="{level}" {more}>{inside}</text:h>'


def items(*inside: str, style: str = "L1", more: str = "") -> str:
    """A list of items that are paragraphs, or XML of their own."""
    wrapped = (one if one.startswith("<") else paragraph(one) for one in inside)
    listed = "".join(
        one if one.startswith("<text:list-") else f"<text:list-item>{one}</text:list-item>" for one in wrapped
    )
    return f'<text:list text:style-name="{style}" {more}>{listed}</text:list>'


def list_style(*levels: str, name: str = "L1") -> str:
    """A style of lists; each level is "bullet", or the attributes of a numbered one."""
    written = "".join(
        f'<text:list-level-style-bullet text:level="{at}" text:bullet-char="•"/>'
        if level == "bullet"
        else f'<text:list-level-style-number text:level="{at}" {level}/>'
        for at, level in enumerate(levels, 1)
    )
    return f'<text:list-style style:name="{name}">{written}</text:list-style>'


def style(name: str, properties: str, family: str = "text", more: str = "") -> str:
    """A style with properties of its text."""
    return (
        f'<style:style style:name="{name}" style:family="{family}" {more}>'
        f"<style:text-properties {properties}/></style:style>"
    )


def table(*rows: str) -> str:
    """A table of rows; the cells of a row are apart by |."""
    return f"<table:table>{''.join(map(row, rows))}</table:table>"


def row(cells: str, more: str = "") -> str:
    """A row; its cells are apart by |."""
    inside = "".join(f"<table:table-cell>{paragraph(cell)}</table:table-cell>" for cell in cells.split("|"))
    return f"<table:table-row {more}>{inside}</table:table-row>"
