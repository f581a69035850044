"""The sample project, played through the same commands as anybody's work."""

from pathlib import Path

from polyvocal.domain.errors import BugError
from polyvocal.exchange.readers import read_source
from polyvocal.exchange.sample_script import CodingPart, MemoPart, Script, StancePart, find_quote, read_script
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.codings import StanceDraft, add_coding, add_stance
from polyvocal.services.commands.memos import add_memo
from polyvocal.services.commands.people import add_group, add_person
from polyvocal.services.commands.reading import set_reading
from polyvocal.services.commands.setting import add_event, add_presence, add_session, add_term
from polyvocal.services.commands.sources import About, import_sources
from polyvocal.store.file import ProjectFile, create_project

SCRIPT = "sample.toml"
ACCOUNTS = "accounts"


def sample_folder() -> Path:
    """Where the sample's script and accounts are: in the installed package, or in the checkout that it runs from."""
    package = Path(__file__).resolve().parents[1]
    for resources in (package / "resources", package.parents[1] / "resources"):
        if (resources / "sample" / SCRIPT).is_file():
            return resources / "sample"
    raise BugError("the sample project's files are missing from this installation")


def write_sample(path: Path, *, folder: Path | None = None) -> None:
    """Make the sample project, from the script in a folder (the program's own unless given). Takes about a second.

    Raises UserError where there is a file already, or the script is wrong; then no file is left.
    """
    folder = folder or sample_folder()
    script = read_script(folder / SCRIPT)
    with create_project(path, title=script.title, approach=script.approach) as file:
        try:
            _play(file, script, folder / ACCOUNTS)
        except BaseException:
            file.close()
            path.unlink(missing_ok=True)
            raise


def _play(file: ProjectFile, script: Script, folder: Path) -> None:
    _enter_setting(file, script)
    texts = _enter_accounts(file, script, folder)
    for code in script.code:
        add_code(
            file,
            name=code.name,
            parent=code.parent,
            kind=code.kind,
            definition=code.definition,
            use_when=code.use_when,
            not_when=code.not_when,
            example=code.example,
            colour=code.colour,
        )
    for passage in script.passage:
        start, end = find_quote(passage.quote, texts[passage.account], passage.account)
        for coding in passage.coding:
            _add_coding(file, coding, account=passage.account, start=start, end=end)
    for reading in script.reading:
        text = texts[reading.account]
        read_to = find_quote(reading.up_to, text, reading.account)[1] if reading.up_to else None
        set_reading(file, source=reading.account, coder=reading.coder, read_to=read_to)
    for memo in script.memo:
        text = memo.text.strip().replace("\n", " ")
        add_memo(file, text=text, kind=memo.kind, title=memo.title, author=memo.author, about=_about(memo))


def _enter_setting(file: ProjectFile, script: Script) -> None:
    for group in script.group:
        add_group(file, name=group.name, description=group.description, within=group.within)
    for person in script.person:
        add_person(
            file,
            name=person.name,
            roles=person.roles,
            standing=person.standing,
            description=person.description,
            groups=person.groups,
        )
    event = script.event
    add_event(
        file,
        title=event.title,
        series=event.series,
        place=event.place,
        zone=event.zone,
        starts=event.starts,
        ends=event.ends,
    )
    for session in script.session:
        add_session(
            file,
            title=session.title,
            event=event.title,
            place=session.place,
            starts=session.starts,
            ends=session.ends,
            scheduled=session.scheduled,
        )
    for presence in script.presence:
        for who in presence.who:
            add_presence(
                file,
                person=who.person,
                session=presence.session,
                event=event.title,
                doing=who.doing,
                place=who.place,
            )
    for term in script.term:
        add_term(file, name=term.name, definition=term.definition)


def _enter_accounts(file: ProjectFile, script: Script, folder: Path) -> dict[str, str]:
    """Import the accounts; their texts by title."""
    texts = {}
    for account in script.account:
        incoming = read_source(folder / account.file, title=account.title)
        texts[account.title] = incoming.text
        about = About(
            kind=account.kind,
            observers=(account.observer,),
            event=script.event.title,
            session=account.session,
            phase=account.phase,
            written_at=account.written_at,
            observed_from=account.observed_from,
            observed_to=account.observed_to,
        )
        import_sources(file, [incoming], about)
    return texts


def _add_coding(file: ProjectFile, coding: CodingPart, *, account: str, start: int, end: int) -> None:
    first, *others = coding.stance or (None,)
    changes = add_coding(
        file,
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
            add_stance(file, coding=str(made), stance=_draft(other))


def _draft(stance: StancePart) -> StanceDraft:
    return StanceDraft(by=stance.by, stance=stance.stance, term=stance.term, toward=stance.toward)


def _about(memo: MemoPart) -> tuple[str, str] | None:
    if memo.code is not None:
        return "code", memo.code
    return ("source", memo.account) if memo.account is not None else None
