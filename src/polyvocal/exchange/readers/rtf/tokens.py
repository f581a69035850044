"""The bytes of a rich text file as groups, control words and text (RTF 1.9.1, "Conventions of an RTF Reader")."""

import re
from typing import NamedTuple

from polyvocal.domain.errors import UserError
from polyvocal.exchange.readers.limits import RTF_TOKENS

_TOKEN = re.compile(
    rb"(?P<text>[^\\{}]{1,65536})"
    rb"|\\(?P<word>[a-zA-Z]+)(?P<number>-?[0-9]+)? ?"
    rb"|\\'(?P<byte>[0-9a-fA-F]{2})"
    rb"|(?P<open>\{)"
    rb"|(?P<close>\})"
    rb"|\\(?P<sign>.)",
    re.DOTALL,
)
_WITHIN = re.compile(rb"\\bin([0-9]*) ?|\\.|[{}]", re.DOTALL)
_SOMETHING = re.compile(rb"[^ \t\r\n\0}]")
_LONGEST_NUMBER = 10
_LINE_ENDS = b"\r\n\0"


class Token(NamedTuple):
    """One token. `kind` is "text", "word", "byte", "open", "close", "sign" or, at the end, "end"; `value` is the text
    (without the line ends, which mean nothing), the name, the byte or the sign; `number` is the parameter of a word.
    """

    kind: str
    value: bytes = b""
    number: int | None = None


_OPEN, _CLOSE, _END = Token("open"), Token("close"), Token("end")


class Tokens:
    """The tokens of a file, one after the other. Raises UserError where there are more of them than the limit."""

    def __init__(self, content: bytes, name: str) -> None:
        self._content, self._name = content, name
        self._at = 0
        self._left = RTF_TOKENS

    def next(self) -> Token:
        """The next token; a token "end" at the end, however often it is asked."""
        match = _TOKEN.match(self._content, self._at)
        if match is None:  # the end, or a backslash that is the last byte
            return _END
        self._left -= 1
        if self._left < 0:
            raise UserError(
                f"{self._name} was not read: it has more than {RTF_TOKENS:,} groups and marks of formatting. It may be "
                "made to keep the program busy; if you trust it, divide it into several documents."
            )
        self._at = match.end()
        kind = match.lastgroup
        if kind == "open":
            return _OPEN
        if kind == "close":
            return _CLOSE
        if kind == "text":
            return Token("text", match["text"].translate(None, _LINE_ENDS))
        if kind == "byte":
            return Token("byte", bytes.fromhex(match["byte"].decode()))
        return (
            Token("sign", match["sign"]) if kind == "sign" else Token("word", match["word"], _number(match["number"]))
        )

    def take(self, length: int) -> bytes:
        """The next bytes as they are: what \\bin announces. Fewer where the file ends before."""
        taken = self._content[self._at : self._at + max(length, 0)]
        self._at += len(taken)
        return taken

    def has_more(self) -> bool:
        """Whether anything was not read yet but white space and braces that end nothing."""
        return _SOMETHING.search(self._content, self._at) is not None

    def skip_group(self) -> None:
        """Go on right before the brace that ends the group here; quick, and without limits of depth."""
        depth, at = 0, self._at
        while (match := _WITHIN.search(self._content, at)) is not None:
            at = match.end()
            found = match.group()
            if found == b"{":
                depth += 1
            elif found == b"}":
                if not depth:
                    self._at = match.start()
                    return
                depth -= 1
            elif match[1]:
                at += _number(match[1]) or 0
        self._at = len(self._content)

    def skip_inner_group(self) -> None:
        """Go on behind the group that begins next; stay where anything else comes."""
        if self._content[self._at : self._at + 1] == b"{":
            self._at += 1
            self.skip_group()
            self._at += 1


def _number(digits: bytes | None) -> int | None:
    """A parameter; one that is too long for a number is none that anybody wrote, and taken as 0."""
    if digits is None:
        return None
    return int(digits) if len(digits) <= _LONGEST_NUMBER else 0
