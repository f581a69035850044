"""The sample project, played through the same commands as anybody's work."""

from pathlib import Path

from polyvocal.domain.errors import BugError
from polyvocal.domain.records import Source
from polyvocal.domain.words import MemoKind
from polyvocal.exchange.sample_moments import MomentsPlay
from polyvocal.exchange.sample_parts import (
    AccountPart,
    CodingPart,
    CodingsPart,
    EventPart,
    RevisionPart,
    SettingPart,
    StancePart,
)
from polyvocal.exchange.sample_quotes import find_passage, find_quote, flowing
from polyvocal.exchange.sample_script import SETTING, Script, read_script
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.codings import StanceDraft, add_coding, add_stance
from polyvocal.services.commands.corrections import change
from polyvocal.services.commands.incoming import About
from polyvocal.services.commands.layers import LayerDraft, mark_layers
from polyvocal.services.commands.memos import add_memo
from polyvocal.services.commands.people import add_group
from polyvocal.services.commands.positionality import StatementDraft, enter_person
from polyvocal.services.commands.reading import set_reading
from polyvocal.services.commands.setting import add_event, add_presence, add_session, add_term
from polyvocal.services.commands.sources import import_sources
from polyvocal.services.commands.stretches import Cut, cut_into_stretches
from polyvocal.services.commands.time_marks import TimeDraft, add_time_marks
from polyvocal.services.queries.layer_proposals import layer_proposals
from polyvocal.services.queries.offered_times import offered_times
from polyvocal.services.queries.time_marks import times_of
from polyvocal.store.file import ProjectFile, create_project


def sample_folder() -> Path:
    """Where the sample's script and accounts are: in the installed package, or in the checkout that it runs from."""
    package = Path(__file__).resolve().parents[1]
    for resources in (package / "resources", package.parents[1] / "resources"):
        if (resources / "sample" / SETTING).is_file():
            return resources / "sample"
    raise BugError("the sample project's files are missing from this installation")


def write_sample(path: Path, *, folder: Path | None = None) -> None:
    """Make the sample project, from the script in a folder (the program's own unless given).

    Raises UserError where there is a file already, or the script is wrong; then no file is left.
    """
    script = read_script(folder or sample_folder())
    with create_project(path, title=script.setting.title, approach=script.setting.approach) as file:
        try:
            _Play(file, script).play()
        except BaseException:
            file.close()
            path.unlink(missing_ok=True)
            raise


class _Play:
    """One performance of a script: its operations one after another, each in the name of who does it."""

    def __init__(self, file: ProjectFile, script: Script) -> None:
        self._file = file
        self._script = script
        self._people: dict[str, int] = {}

    def play(self) -> None:
        """The setting, the sources, the codebook, account by account how it was read and coded, then side by side."""
        setting, codebook = self._script.setting, self._script.codebook
        self._enter_people(setting)
        self._in_the_name_of(setting.entered_by)
        for event in setting.event:
            self._enter_event(event)
        for term in setting.term:
            add_term(self._file, name=term.name, definition=term.definition)
        for account in setting.account:
            self._take_in(account)
        for account in setting.account:
            if account.note is not None:
                change(self._file, "source", account.title, {"note": account.note})
        for code in codebook.code:
            add_code(self._file, **dict(code))
        side_by_side = MomentsPlay(
            self._file, self._script.moments, {title: one.text for title, one in self._script.incoming.items()}
        )
        for title in self._script.incoming:
            side_by_side.save_comparisons(title)
            for revision in codebook.revision:
                if revision.before == title:
                    self._revise(revision)
            if title in self._script.codings:
                self._mark(self._script.codings[title])
                self._code(self._script.codings[title])
        for memo in codebook.memo:
            self._in_the_name_of(memo.author)
            about = ("code", memo.code) if memo.code is not None else None
            add_memo(
                self._file, text=flowing(memo.text), kind=memo.kind, title=memo.title, author=memo.author, about=about
            )
        side_by_side.play()

    def _in_the_name_of(self, name: str) -> None:
        self._file.person = self._people[name]

    def _enter_people(self, setting: SettingPart) -> None:
        for group in setting.group:
            add_group(self._file, name=group.name, description=group.description, within=group.within)
        for person in setting.person:
            changes = enter_person(
                self._file,
                name=person.name,
                roles=person.roles,
                standing=person.standing,
                description=person.description,
                groups=person.groups,
                statements=[StatementDraft(one.dated, one.statement) for one in person.positionality],
            )
            (self._people[person.name],) = changes.created("person")

    def _enter_event(self, event: EventPart) -> None:
        add_event(self._file, **event.model_dump(exclude={"session"}))
        for session in event.session:
            add_session(self._file, event=event.title, **session.model_dump(exclude={"who"}))
            for who in session.who:
                add_presence(self._file, session=session.title, event=event.title, **dict(who))

    def _take_in(self, account: AccountPart) -> None:
        about = About(**account.model_dump(exclude={"title", "file", "note"}))
        import_sources(self._file, [self._script.incoming[account.title]], about)

    def _revise(self, revision: RevisionPart) -> None:
        self._in_the_name_of(revision.by)
        said = revision.model_dump(include={"definition", "use_when", "not_when"}, exclude_none=True)
        change(self._file, "code", revision.code, said)
        add_memo(
            self._file,
            text=flowing(revision.why),
            kind=MemoKind.CODE,
            title=f"{revision.code}: why the definition changed",
            author=revision.by,
            about=("code", revision.code),
        )

    def _mark(self, codings: CodingsPart) -> None:
        """Mark times, stretches and layers, as one would by the proposals below the text."""
        self._in_the_name_of(self._script.setting.entered_by)
        account, text = codings.account, self._script.incoming[codings.account].text
        if codings.stretch:
            cuts = [Cut(find_quote(one.begins, text, account)[0], one.session, one.phase) for one in codings.stretch]
            cut_into_stretches(self._file, source=account, cuts=cuts)
        with self._file.view() as view:
            source = view.find(Source, title=account)[0].id
            times = offered_times(view, source, times_of(view, source)) if codings.times else ()
            layers = layer_proposals(view, source) if codings.layers else ()
        if marks := [TimeDraft.of(one.found) for one in times if one.is_likely]:
            add_time_marks(self._file, source=account, marks=marks)
        if spans := [LayerDraft(one.start, one.end, one.layer) for one in layers if one.layer in codings.layers]:
            mark_layers(self._file, source=account, drafts=spans)

    def _code(self, codings: CodingsPart) -> None:
        account, text = codings.account, self._script.incoming[codings.account].text
        for passage in codings.passage:
            start, end = find_passage(passage, text, account)
            for coding in passage.coding:
                self._add_coding(coding, account=account, start=start, end=end)
        for reading in codings.reading:
            self._in_the_name_of(reading.coder)
            read_to = find_quote(reading.up_to, text, account)[1] if reading.up_to is not None else None
            set_reading(self._file, source=account, coder=reading.coder, read_to=read_to)
        for memo in codings.memo:
            self._in_the_name_of(memo.coder)
            about = ("source", account)
            add_memo(
                self._file, text=flowing(memo.text), kind=memo.kind, title=memo.title, author=memo.coder, about=about
            )

    def _add_coding(self, coding: CodingPart, *, account: str, start: int, end: int) -> None:
        self._in_the_name_of(coding.coder)
        first, *others = coding.stance or (None,)
        changes = add_coding(
            self._file,
            source=account,
            start=start,
            end=end,
            code=coding.code,
            coder=coding.coder,
            concerns=coding.concerns,
            stance=_draft(first) if first else None,
        )
        (made,) = changes.created("coding")
        for other in others:
            if other is not None:
                add_stance(self._file, coding=str(made), stance=_draft(other))
        if coding.memo is not None:
            add_memo(self._file, text=flowing(coding.memo), author=coding.coder, about=("coding", str(made)))


def _draft(stance: StancePart) -> StanceDraft:
    return StanceDraft(**dict(stance))
