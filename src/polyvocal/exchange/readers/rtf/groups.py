"""Which groups of a rich text file are read as what, and which are passed over."""

from __future__ import annotations

from collections.abc import Callable

from polyvocal.domain.structure import PieceKind
from polyvocal.exchange.readers.rtf.destinations import Collected, Counted, Destination, Moment, unpacked
from polyvocal.exchange.readers.rtf.fields import FormField, is_link, symbol_of
from polyvocal.exchange.readers.rtf.heads import (
    FontTable,
    ListLevel,
    ListLevels,
    Override,
    Revisers,
    Stylesheet,
)
from polyvocal.exchange.readers.rtf.pictures import Picture
from polyvocal.exchange.readers.rtf.state import PLAIN_PARAGRAPH, State
from polyvocal.exchange.readers.rtf.story import Context, Story
from polyvocal.exchange.readers.symbols import UNKNOWN
from polyvocal.exchange.readers.wording import CommentBegins, CommentEnds, MarginNote, Shape, Wording

PASSED_THROUGH = frozenset(
    {
        b"shppict", b"shpinst", b"do", b"nesttableprops", b"ud", b"listtable", b"listoverridetable", b"moMathPara",
        b"picprop",
    }
)  # fmt: skip
"""What lies around other groups, marked with \\*, and changes nothing."""
SKIPPED = frozenset(
    {
        b"colortbl", b"nonshppict", b"shprslt", b"xe", b"tc", b"tcn", b"rxe", b"txe", b"pn", b"ftnsep", b"ftnsepc",
        b"ftncn", b"aftnsep", b"aftnsepc", b"aftncn", b"objdata", b"objclass", b"objname", b"mmathPict", b"panose",
        b"falt", b"atnid", b"blipuid", b"levelnumbers", b"listname",
        b"maccPr", b"mbarPr", b"mborderBoxPr", b"mboxPr", b"mctrlPr", b"mdPr", b"meqArrPr", b"mfPr", b"mfuncPr",
        b"mgroupChrPr", b"mlimLowPr", b"mlimUppPr", b"mmPr", b"mmcPr", b"mnaryPr", b"mphantPr", b"mradPr", b"msPrePr",
        b"msSubPr", b"msSubSupPr", b"msSupPr", b"moMathParaPr", b"margPr", b"mrPr",
    }
)  # fmt: skip
"""What holds no words of the text, or the same once more in another form. Those with m are about equations."""
_INFO = {
    b"title": "title",
    b"author": "creator",
    b"subject": "subject",
    b"keywords": "keywords",
    b"doccomm": "description",
    b"operator": "lastmodifiedby",
}
_TIMES = {b"creatim": "created", b"revtim": "modified"}
_HEADERS = (b"header", b"headerl", b"headerr", b"headerf", b"footer", b"footerl", b"footerr", b"footerf")


class Sharing:
    """What the groups of a document tell each other."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.properties: dict[str, str] = {}
        self.property_name = ""
        self.commenter: str | None = None
        self.skips_result = False
        self.field_story: Story | None = None
        self.headers: set[str] = set()


Opening = Callable[[Sharing, State], Destination | None]
"""What a group that begins with a word is read into: another destination; the one around it; None to skip it."""


class _Note(Story):
    """A footnote, or an endnote where it says so."""

    def __init__(self, context: Context, number: int) -> None:
        super().__init__(context)
        self._number = number
        self._kind = "footnote"

    def word(self, name: bytes, number: int | None, state: State) -> None:
        """Which of the two it is."""
        if name == b"ftnalt":
            self._kind = "endnote"
        else:
            super().word(name, number, state)

    def end(self, state: State) -> None:
        """Keep it for the end of the text."""
        note = Wording(f"[{self._number}] ")
        note.add(self.finished(state).whole().stripped())
        note.hang(Shape(PieceKind.NOTE, self._number), since=0)
        self.context.notes[self._number] = note
        self.context.tally.count(self._kind)


class _Box(Story):
    """A text box, which hangs on a paragraph."""

    def __init__(self, around: Story) -> None:
        super().__init__(around.context)
        self._around = around

    def end(self, state: State) -> None:
        """Hand its lines to that paragraph."""
        self._around.box(self.finished(state).end())


class _Comment(Story):
    """A comment. `key` ties it to its passage."""

    def __init__(self, around: Story, author: str | None) -> None:
        super().__init__(around.context)
        self._around, self._author = around, author
        self.key = ""
        self.when: str | None = None

    def end(self, state: State) -> None:
        """Keep it, and say where it stands. One in which nothing is written is none."""
        text = self.finished(state).whole().text.strip()
        if not text:
            return
        comments = self.context.comments
        if not self.key or self.key in comments:
            self.key = f"{self.key}#{len(comments)}"
        comments[self.key] = MarginNote(text, self._author, self.when)
        self._around.hang(CommentEnds(self.key))


class _Header(Story):
    """A header or footer: read to tell whether there is more in it than the number of the page."""

    def __init__(self, sharing: Sharing) -> None:
        super().__init__(sharing.context.aside())
        self._sharing = sharing

    def end(self, state: State) -> None:
        """Tell it; once where it is the same for left and right pages."""
        text, told = self.finished(state).whole().text.strip(), self._sharing.headers
        if text and not text.isdecimal() and text not in told:
            told.add(text)
            self._sharing.context.tally.count("header or footer")


# --- opening them ----------------------------------------------------------------------------------------------------


def _begin_story(state: State) -> None:
    """A story of its own begins with a paragraph of its own."""
    state.paragraph = PLAIN_PARAGRAPH
    state.bold = state.italic = False


def _note(sharing: Sharing, state: State) -> Destination | None:
    if not isinstance(state.into, Story):
        return None
    if state.left_out is not None:
        sharing.context.tally.count("note on left-out text")
        return None
    number = state.into.mark()
    _begin_story(state)
    return _Note(state.into.context, number)


def _box(sharing: Sharing, state: State) -> Destination | None:
    if not isinstance(state.into, Story):
        return None
    _begin_story(state)
    return _Box(state.into)


def _comment(sharing: Sharing, state: State) -> Destination | None:
    if not isinstance(state.into, Story):
        return None
    author, sharing.commenter = sharing.commenter, None
    _begin_story(state)
    state.removed, state.hidden = None, False
    return _Comment(state.into, author)


def _header(sharing: Sharing, state: State) -> Destination | None:
    if not isinstance(state.into, Story):
        return None
    _begin_story(state)
    return _Header(sharing)


def _commenter(sharing: Sharing, state: State) -> Destination:
    def keep(text: str) -> None:
        sharing.commenter = text.strip() or None

    return Collected(keep)


def _passage_begins(sharing: Sharing, state: State) -> Destination:
    return _hanging(state, CommentBegins)


def _passage_ends(sharing: Sharing, state: State) -> Destination:
    return _hanging(state, CommentEnds)


def _hanging(state: State, made: Callable[[str], CommentBegins | CommentEnds]) -> Destination:
    story = state.into

    def hang(text: str) -> None:
        if isinstance(story, Story):
            story.hang(made(text.strip()))

    return Collected(hang)


def _comment_key(sharing: Sharing, state: State) -> Destination:
    comment = state.into

    def keep(text: str) -> None:
        if isinstance(comment, _Comment):
            comment.key = text.strip()

    return Collected(keep)


def _comment_date(sharing: Sharing, state: State) -> Destination:
    comment = state.into

    def keep(text: str) -> None:
        digits = text.strip()
        if isinstance(comment, _Comment) and digits.removeprefix("-").isdecimal() and len(digits) < 12:
            comment.when = unpacked(int(digits))

    return Collected(keep)


def _comment_time(sharing: Sharing, state: State) -> Destination:
    comment = state.into

    def keep(when: str) -> None:
        if isinstance(comment, _Comment):
            comment.when = when

    return Moment(keep)


def _label(sharing: Sharing, state: State) -> Destination | None:
    return Collected(state.into.label) if isinstance(state.into, Story) else None


def _field(sharing: Sharing, state: State) -> Destination:
    sharing.skips_result = False
    return state.into


def _field_code(sharing: Sharing, state: State) -> Destination:
    story = state.into
    sharing.field_story = story if isinstance(story, Story) else None

    def show(code: str) -> None:
        if not isinstance(story, Story):
            return
        shown = symbol_of(code)
        if shown is not None:
            sharing.skips_result = True
            story.context.tally.count("symbol", int(shown == UNKNOWN))
            story.text(shown, state)
        elif is_link(code):
            story.context.tally.count("link")

    return Collected(show)


def _form_field(sharing: Sharing, state: State) -> Destination:
    around = sharing.field_story
    return FormField(lambda shown: around.text(shown, state) if around is not None else None)


def _form_field_entry(sharing: Sharing, state: State) -> Destination | None:
    return Collected(state.into.entry) if isinstance(state.into, FormField) else None


def _field_result(sharing: Sharing, state: State) -> Destination | None:
    return None if sharing.skips_result else state.into


def _picture(sharing: Sharing, state: State) -> Destination | None:
    return Picture(state.into.context.room, state.into.picture) if isinstance(state.into, Story) else None


def _object(sharing: Sharing, state: State) -> Destination:
    sharing.context.tally.count("embedded object")
    return state.into


def _equation(sharing: Sharing, state: State) -> Destination:
    sharing.context.tally.count("equation")
    return state.into


def _property_name(sharing: Sharing, state: State) -> Destination:
    def keep(text: str) -> None:
        sharing.property_name = text.strip()

    return Collected(keep)


def _property_value(sharing: Sharing, state: State) -> Destination:
    """What is said of a shape or a picture; a picture may be a value itself."""
    name, of = sharing.property_name, state.into
    if name == "pib":
        return of

    def keep(text: str) -> None:
        if isinstance(of, Picture):
            of.said[name] = text.strip()
        elif isinstance(of, Story) and name == "gtextUNICODE":
            of.text(text, state)

    return Collected(keep)


def _saying(key: str) -> Opening:
    def said(sharing: Sharing, state: State) -> Destination:
        def keep(text: str) -> None:
            if text.strip():
                sharing.properties.setdefault(key, text.strip())

        return Collected(keep)

    return said


def _timed(key: str) -> Opening:
    def timed(sharing: Sharing, state: State) -> Destination:
        return Moment(lambda when: sharing.properties.update({key: when}))

    return timed


def _level(sharing: Sharing, state: State) -> Destination | None:
    return ListLevel(state.into) if isinstance(state.into, ListLevels) else None


def _level_text(sharing: Sharing, state: State) -> Destination | None:
    return Counted(state.into.described) if isinstance(state.into, ListLevel) else None


OPENING: dict[bytes, Opening] = {
    b"fonttbl": lambda sharing, _: FontTable(sharing.context.fonts),
    b"stylesheet": lambda sharing, _: Stylesheet(sharing.context.styles),
    b"revtbl": lambda sharing, _: Revisers(sharing.context.revisers),
    b"list": lambda sharing, _: ListLevels(sharing.context.lists),
    b"listoverride": lambda sharing, _: Override(sharing.context.lists),
    b"listlevel": _level,
    b"leveltext": _level_text,
    b"info": lambda _, __: Destination(),
    b"footnote": _note,
    b"shptxt": _box,
    b"dptxbxtext": _box,
    b"annotation": _comment,
    b"atnauthor": _commenter,
    b"atrfstart": _passage_begins,
    b"atrfend": _passage_ends,
    b"atnref": _comment_key,
    b"atndate": _comment_date,
    b"atntime": _comment_time,
    b"listtext": _label,
    b"pntext": _label,
    b"field": _field,
    b"fldinst": _field_code,
    b"formfield": _form_field,
    b"ffl": _form_field_entry,
    b"fldrslt": _field_result,
    b"pict": _picture,
    b"object": _object,
    b"moMath": _equation,
    b"sn": _property_name,
    b"sv": _property_value,
    **{word: _saying(key) for word, key in _INFO.items()},
    **{word: _timed(key) for word, key in _TIMES.items()},
    **dict.fromkeys(_HEADERS, _header),
}
"""By the word with which a group begins, whether or not \\* stands before it."""
