"""Names of elements in pages, and what they do to the text around them."""

from functools import lru_cache

from lxml.etree import _Element

LEFT_OUT = frozenset({"script", "style", "template", "noscript", "head", "title", "meta", "link", "base"})
"""What no browser shows, and nobody wrote to be read."""

BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir", "div", "dl",
        "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "header", "hgroup", "hr", "html",
        "legend", "li", "main", "menu", "nav", "ol", "optgroup", "p", "pre", "search", "section", "summary", "table",
        "ul", "listing", "xmp", "plaintext", "caption", "tr", "td", "th", "tbody", "thead", "tfoot", "noframes",
        "h1", "h2", "h3", "h4", "h5", "h6",
    }
)  # fmt: skip
"""Text before, in and behind one of these stands in paragraphs of its own."""

LISTS = frozenset({"ul", "ol", "menu", "dir"})
KEEPING_SPACES = frozenset({"pre", "listing", "xmp", "plaintext"})
STRONG = frozenset({"b", "strong"})
EMPHASIS = frozenset({"i", "em"})
FORM_FIELDS = frozenset({"input", "select", "textarea", "button"})
EMBEDDED = frozenset({"object", "embed", "applet", "iframe", "frame", "audio", "video", "canvas"})


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def name_of(element: _Element) -> str:
    """An element's name in small letters, without its namespace; "" for what is no element."""
    tag: object = element.tag  # of an entity it is a function
    return _local(tag) if isinstance(tag, str) else ""


def declarations(element: _Element) -> dict[str, str]:
    """What an element's own style attribute says, by the names of the properties, in small letters."""
    style = element.get("style")
    if not style:
        return {}
    said = (one.partition(":") for one in style.lower().split(";"))
    return {name.strip(): value.removesuffix("!important").strip() for name, _, value in said}
