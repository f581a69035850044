"""Words of the sample's script: found in its accounts, and made to flow."""

from polyvocal.exchange.sample_parts import QuotePart


def find_passage(passage: QuotePart, text: str, where: str) -> tuple[int, int]:
    """Where a passage stands in a text, as [start, end) in code points. Raises ValueError as `find_quote` does."""
    start, end = find_quote(passage.quote, text, where)
    if passage.until is None:
        return start, end
    last = find_quote(passage.until, text, where)[1]
    if last <= end:
        raise ValueError(f"{where}: the words {passage.until[:60]!r} do not stand after {passage.quote[:60]!r}")
    return start, last


def find_quote(quote: str, text: str, where: str) -> tuple[int, int]:
    """Where words stand in a text, as [start, end) in code points. Raises ValueError unless they stand there once."""
    times = text.count(quote)
    if times != 1:
        how_often = "do not stand" if not times else f"stand {times} times"
        raise ValueError(f"{where}: the words {quote[:60]!r} {how_often} in the account, where they must stand once")
    start = text.index(quote)
    return start, start + len(quote)


def flowing(text: str) -> str:
    """A text of the script without the line breaks that only its file has: an empty line parts paragraphs."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))
