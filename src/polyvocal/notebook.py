"""A project for notebooks and scripts: the same verbs as the command line, and queries that give frozen rows.

import polyvocal
with polyvocal.open("study.polyvocal") as project:
    for passage in project.codings(observer="Ines", phase="after"):
        print(passage.coder, passage.code, passage.text)
"""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.domain.passages import CodedPassage
from polyvocal.domain.records import SourceVersion
from polyvocal.domain.text import shown
from polyvocal.domain.versions import current
from polyvocal.domain.words import StanceName
from polyvocal.services.choice import choose
from polyvocal.services.commands import codebook, codings, memos
from polyvocal.services.queries import listing, rows
from polyvocal.services.queries.passages import coded_passages
from polyvocal.services.references import kind_named, resolve
from polyvocal.store import file

if TYPE_CHECKING:
    from polyvocal.services.analysis.compare import Comparison
    from polyvocal.services.queries.project import HistoryLine, Info
    from polyvocal.services.queries.search import Hit


class OpenProject:
    """An open project; use it as a context, or close it. `file` is the same for the functions of `services`."""

    def __init__(self, project: file.ProjectFile) -> None:
        self.file = project

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leave one whole file."""
        self.file.close()

    # --- reading -------------------------------------------------------------------------------------------------

    def info(self) -> "Info":
        """What is in the project."""
        from polyvocal.services.queries.project import project_info

        with self.file.view() as view:
            return project_info(view)

    def sources(self) -> list[rows.SourceRow]:
        """Every source, without its text."""
        with self.file.view() as view:
            return listing.list_sources(view)

    def text(self, source: str | int) -> str:
        """The current text of a source, by id or title. Offsets of codings count its characters."""
        with self.file.view() as view:
            found = resolve(view, kind_named("source"), str(source))
            return view.text(current(view.find(SourceVersion, source=found.id)).text_hash)

    def codes(self) -> list[rows.CodeRow]:
        """The codebook in the order of its tree."""
        with self.file.view() as view:
            return listing.list_codes(view)

    def observers(self) -> list[rows.ObserverRow]:
        """Everyone who is an observer."""
        with self.file.view() as view:
            return listing.list_observers(view)

    def codings(self, **words: str | list[str]) -> Iterator[CodedPassage]:
        """Coded passages, by source and place; the options of `polyvocal list PROJECT codings` choose which.

        `codings(observer="Ines", phase=["during", "after"])`. Raises UserError for a name that nothing bears.
        """
        with self.file.view() as view:
            passages = coded_passages(view, choose(view, words))
            if self.file.mode is file.Mode.READ:
                yield from passages
                return
            passages = iter(list(passages))  # whoever changes the project on the way would wait for this reader
        yield from passages

    def compare(
        self, rows: str = "code", columns: str = "observer", measure: str = "passages", **words: str | list[str]
    ) -> "Comparison":
        """A table of two dimensions, as `polyvocal compare` prints it."""
        from polyvocal.services.analysis.compare import Dimension, Measure, compare

        across, along = word_of(Dimension, rows, "rows"), word_of(Dimension, columns, "columns")
        if across is along:
            raise UserError(f"rows and columns are both {rows}: choose two that differ")
        with self.file.view() as view:
            return compare(view, across, along, word_of(Measure, measure, "measure"), choose(view, words))

    def search(self, query: str, limit: int = 50) -> "list[Hit]":
        """Where words occur."""
        from polyvocal.services.queries.search import find_words

        with self.file.view() as view:
            return find_words(view, query, limit)

    def history(self) -> "list[HistoryLine]":
        """Every operation, newest first."""
        from polyvocal.services.queries.project import history

        with self.file.view() as view:
            return list(history(view))

    # --- changing, where the project was opened with mode "write" ------------------------------------------------

    def add_code(self, name: str, **fields: Any) -> ChangeSet:
        """Add a code; fields as of `polyvocal.services.commands.codebook.add_code`."""
        return codebook.add_code(self._writable, name=name, **fields)

    def add_coding(
        self,
        *,
        source: str | int,
        start: int,
        end: int,
        code: str,
        coder: str,
        concerns: tuple[str, ...] = (),
        by: str | None = None,
        stance: str | None = None,
        term: str | None = None,
        toward: str | None = None,
        memo: str | None = None,
    ) -> ChangeSet:
        """Code [start, end) code points of a source's current text; the memo is about the coding."""
        draft = None
        if by or stance or term or toward:
            if not (by and stance and term):
                raise UserError("a stance needs all of by, stance and term")
            draft = codings.StanceDraft(by, word_of(StanceName, stance, "stance"), term, toward)
        return codings.add_coding(
            self._writable,
            source=str(source),
            start=start,
            end=end,
            code=code,
            coder=coder,
            concerns=concerns,
            stance=draft,
            memo=memo,
        )

    def add_memo(self, text: str, **fields: Any) -> ChangeSet:
        """Write a memo; fields as of `polyvocal.services.commands.memos.add_memo`."""
        return memos.add_memo(self._writable, text=text, **fields)

    def undo(self) -> ChangeSet:
        """Undo the newest operation that stands."""
        return self._writable.undo()

    def redo(self) -> ChangeSet:
        """Do again what was undone last."""
        return self._writable.redo()

    @property
    def _writable(self) -> file.ProjectFile:
        if self.file.mode is not file.Mode.WRITE:
            raise UserError(
                f"{self.file.path.name} was opened for reading: open it with "
                f'polyvocal.open({str(self.file.path)!r}, "write") to change it'
            )
        return self.file


W = TypeVar("W", bound=StrEnum)


def word_of(vocabulary: type[W], word: str, what: str) -> W:
    """A word of a fixed vocabulary. UserError, with the words there are, for any other."""
    if word not in list(vocabulary):
        raise UserError(f"{what} is {' or '.join(vocabulary)}, not {shown(word)}")
    return vocabulary(word)


def open_project(path: str | Path, mode: str = "read") -> OpenProject:
    """Open a project; `mode` is "read" or "write". Raises UserError and EnvironmentFault as the command line tells."""
    if mode not in (file.Mode.READ, file.Mode.WRITE):
        raise UserError(f"the mode is 'read' or 'write', not {shown(mode)}")
    return OpenProject(file.open_project(Path(path), file.Mode(mode)))
