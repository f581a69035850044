"""Subtitles of recordings (SubRip .srt, WebVTT .vtt) as transcripts: a line a cue, with its time and who speaks.

pysubs2, the library at hand, is not used: it makes the identifiers and the notes of a .vtt part of what was said, takes
a line that is a number ("42") for the next cue's, and drops speakers (<v Anna>), words in angle brackets (<unclear>)
and what stands before the first time.

Cues are not joined, even where one speaker goes on without a pause: each has a time, and coders point to it.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from polyvocal.domain.errors import UserError
from polyvocal.domain.structure import PieceKind
from polyvocal.domain.words import MarkKind
from polyvocal.exchange.readers.plain import read_plain
from polyvocal.exchange.readers.reading import Reading
from polyvocal.exchange.readers.tally import Tally
from polyvocal.exchange.readers.wording import Shape, TimeStands, Wording, beside, joined

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?")
_LINE_END = re.compile("\r\n|\r|\n")
_BETWEEN = "-->"
_PASSED_OVER = ("STYLE", "REGION")
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[vVcCiIbBuUsS]|lang|ruby|rt|font)(?:\.[^<>\s]*)?(?:\s(?P<said>[^<>]*))?>"
    r"|<[\d:.]+>"
    r"|\{\\(?P<style>[ib])(?P<on>[01])\}"
    r"|\{\\[^{}]*\}"
)
"""The tags that the formats know. Anything else in brackets (<unclear>, <3) is what somebody wrote."""
_EMPHASIS = {"i": Shape(PieceKind.EMPHASIS), "b": Shape(PieceKind.STRONG)}
_TURN = re.compile(r"(?:[-‐–—]|>>)\s*\S|[^\W\d_a-z][\w .’'-]{0,30}:\s")
"""How a line begins with which somebody else begins to speak."""


@dataclass(slots=True)
class _Cue:
    """What is said between two times, in milliseconds since the recording began."""

    start: int
    end: int
    lines: list[str] = field(default_factory=list)


def read_subtitles(content: bytes, name: str, *, encoding: str | None = None) -> Reading:
    """Read an .srt or .vtt as text in lines such as "[00:01:02] Anna: words"; beside it the times and emphasis.

    Its encoding is found out as that of a text, unless given. Raises UserError: no text, not in the encoding, a text in
    which there are no cues.
    """
    return _Subtitles(name).read(read_plain(content, name, encoding=encoding))


class _Subtitles:
    def __init__(self, name: str) -> None:
        self._name = name
        self._tally = Tally()
        self._cues: list[_Cue] = []
        self._before: list[str] = []
        self._properties: dict[str, str] = {}

    def read(self, read: Reading) -> Reading:
        lines = _LINE_END.split(read.text.lstrip("\ufeff"))
        is_vtt = bool(lines) and re.match(r"WEBVTT(\s|$)", lines[0]) is not None
        for number, block in enumerate(_blocks(lines)):
            if is_vtt and not number:
                self._head(block)
            else:
                self._block(block, is_vtt=is_vtt)
        if not self._cues:
            raise UserError(
                f"{self._name} holds no subtitles: there is no time in it such as 00:01:02.000 --> 00:01:04.000. If it "
                "is plain text, let its name end in .txt."
            )
        whole = joined("\n", self._written(is_vtt=is_vtt))
        whole.add("\n")
        return Reading(
            whole.text,
            read.encoding,
            (*read.notes, *self._tally.notes()),
            beside(whole, {}),
            self._properties,
            read.encoding_by,
        )

    # --- blocks --------------------------------------------------------------------------------------------------

    def _head(self, block: list[str]) -> None:
        """WEBVTT, perhaps with a title; what stands below up to an empty line is about the file, or already a cue."""
        title = block[0].removeprefix("WEBVTT").strip(" \t-–—")
        if title:
            self._properties["title"] = title
        if any(_BETWEEN in line for line in block):
            self._block([line for line in block[1:] if not re.match(r"\w[\w-]*: ", line)], is_vtt=True)

    def _block(self, block: list[str], *, is_vtt: bool) -> None:
        """Lines without an empty one between them: a cue, a note, more of the cue before, or several cues."""
        if is_vtt and not any(_BETWEEN in line for line in block):
            if re.match(r"NOTE(\s|$)", block[0]):
                words = " ".join("\n".join(block).removeprefix("NOTE").split())
                self._tally.count("note in subtitles", detail=f"“{words}”" if words else None)
                return
            if block[0].strip() in _PASSED_OVER:
                return
        since_times = False
        for number, line in enumerate(block):
            times = _TIMES.fullmatch(line)
            if times is not None:
                self._cues.append(_Cue(_milliseconds(times.groups()[:4]), _milliseconds(times.groups()[4:])))
                since_times = True
            elif (
                number + 1 < len(block) and _TIMES.fullmatch(block[number + 1]) and self._is_name(line, number, is_vtt)
            ):
                self._tally.count("name of a cue", int(not line.strip().isdecimal()))
            elif self._cues:
                self._tally.count("words between cues", int(not since_times))
                self._cues[-1].lines.append(line)
            else:
                self._tally.count("words between cues")
                self._before.append(line)

    def _is_name(self, line: str, number: int, is_vtt: bool) -> bool:  # noqa: FBT001
        """Whether a line before times is the number or name of their cue, and not the last words of the one before."""
        return line.strip().isdecimal() or (is_vtt and not number)

    # --- writing -------------------------------------------------------------------------------------------------

    def _written(self, *, is_vtt: bool) -> Iterator[Wording]:
        for alone in self._before:
            yield _Said([alone], is_vtt=is_vtt).words
        before: _Cue | None = None
        for cue in self._cues:
            words = _Said(cue.lines, is_vtt=is_vtt).words
            if words.is_blank:
                self._tally.count("cue without words")
                continue
            if before is not None and cue.start < before.start:
                self._tally.count("cue out of order")
            elif before is not None and cue.start < before.end:
                self._tally.count("overlapping cue")
            self._tally.count("cue that ends too early", int(cue.end < cue.start))
            before = cue
            line = Wording("[")
            line.add(f"{cue.start // 3_600_000:02}:{cue.start // 60_000 % 60:02}:{cue.start // 1000 % 60:02}")
            until = _clock(cue.end) if cue.end >= cue.start else None
            line.hang(TimeStands(MarkKind.ELAPSED, _clock(cue.start), until), since=1)
            line.add("] ")
            line.add(words)
            yield line


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in lines:
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _milliseconds(groups: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, part = (groups[0] or "0", groups[1] or "0", groups[2] or "0", groups[3] or "0")
    return (int(hours) * 3600 + int(minutes) * 60 + int(seconds)) * 1000 + int(part.ljust(3, "0"))


def _clock(milliseconds: int) -> str:
    """A time as a TimeMark keeps it: "H:MM:SS", with ".mmm" where it is no whole second."""
    seconds, part = divmod(milliseconds, 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}{f'.{part:03}' if part else ''}"


class _Said:
    """What is said in a cue: its lines in one, but for those with which somebody else begins to speak."""

    def __init__(self, lines: list[str], *, is_vtt: bool) -> None:
        self._is_vtt = is_vtt
        self._words = Wording()
        self._line_began = 0
        self._space = ""
        self._emphasised: dict[str, int] = {}
        for line in lines:
            self._add(line.strip())
        for name in tuple(self._emphasised):
            self._end_emphasis(name)

    @property
    def words(self) -> Wording:
        """All of it."""
        return self._words

    def _add(self, line: str) -> None:
        if _TURN.match(line):
            self._begin_line()
        else:
            self._space = " "
        at = 0
        for tag in _TAG.finditer(line):
            self._add_text(line[at : tag.start()])
            at = tag.end()
            self._heed(tag)
        self._add_text(line[at:])

    def _add_text(self, text: str) -> None:
        """In a .vtt, & and < are written as &amp; and &lt;; in an .srt they stand for themselves."""
        text = html.unescape(text) if self._is_vtt else text
        words = text.strip()
        if not words:
            self._space = self._space or text
            return
        if text[0].isspace():
            self._space = self._space or " "
        self._add_space()
        self._words.add(words)
        self._space = " " if text[-1].isspace() else ""

    def _add_space(self) -> None:
        """White space waits until there are words behind it on the line."""
        if self._space and self._words.length > self._line_began:
            self._words.add(" ")
        self._space = ""

    def _begin_line(self) -> None:
        self._space = ""
        if self._words.length > self._line_began:
            self._words.add("\n")
            self._line_began = self._words.length

    def _heed(self, tag: re.Match[str]) -> None:
        """Make of a tag a speaker or emphasis; the others go."""
        name = (tag["name"] or tag["style"] or "").casefold()
        if name == "v" and not tag["end"]:
            self._begin_turn(tag["said"] or "")
        elif name in _EMPHASIS and (tag["end"] or tag["on"] == "0"):
            self._end_emphasis(name)
        elif name in _EMPHASIS:
            self._add_space()
            self._emphasised.setdefault(name, self._words.length)

    def _begin_turn(self, said: str) -> None:
        speaker = html.unescape(said).strip().removesuffix(":")
        if speaker:
            self._begin_line()
            self._words.add(f"{speaker}:")
            self._space = " "

    def _end_emphasis(self, name: str) -> None:
        since = self._emphasised.pop(name, None)
        if since is not None:
            self._words.hang(_EMPHASIS[name], since=since)
