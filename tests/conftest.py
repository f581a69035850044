"""What every test may ask for: a state of its own, project files made once and copied, the shared data."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings

from polyvocal.domain.text import normalise
from polyvocal.domain.words import (
    Approach,
    CodeKind,
    Doing,
    MemoKind,
    Phase,
    RoleName,
    SourceKind,
    StanceName,
    Standing,
)
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.codings import StanceDraft, add_coding
from polyvocal.services.commands.incoming import About, Incoming
from polyvocal.services.commands.memos import add_memo
from polyvocal.services.commands.people import add_group, add_person
from polyvocal.services.commands.reading import set_reading
from polyvocal.services.commands.setting import add_event, add_presence, add_session, add_term
from polyvocal.services.commands.sources import import_sources
from polyvocal.store.file import Mode, ProjectFile, create_project, open_project

ROOT = Path(__file__).resolve().parent.parent

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # windows are real, but for the screen

settings.register_profile("polyvocal", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("polyvocal")


# --- where things are ------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def isolated_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register of replicas of the test's own, in a folder apart from `tmp_path`, and away from the person's."""
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("POLYVOCAL_STATE", str(folder))
    return folder


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real texts and documents that lies beside the checkout; the test is skipped where it does not."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the shared data (../shared/data, beside the checkout) is not on this machine")
    return folder


# --- project files ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def template_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty project, closed. It is for copying: tests take `project_path` or `project`."""
    path = tmp_path_factory.mktemp("template") / "template.polyvocal"
    with state_in(tmp_path_factory), create_project(path, title="A study", approach=None):
        pass
    return path


@pytest.fixture
def project_path(template_project: Path, tmp_path: Path) -> Path:
    """A copy of the empty project, closed."""
    return Path(shutil.copyfile(template_project, tmp_path / "study.polyvocal"))


@pytest.fixture
def project(project_path: Path) -> Iterator[ProjectFile]:
    """The empty project, open for writing."""
    with open_project(project_path, Mode.WRITE) as file:
        yield file


@pytest.fixture(scope="session")
def small_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project (see `small_project`), closed. It is for copying."""
    path = tmp_path_factory.mktemp("template") / "small.polyvocal"
    with state_in(tmp_path_factory), create_project(path, title="Nine tables", approach=Approach.REFLEXIVE) as file:
        enter_setting(file)
        enter_sources(file)
        enter_codebook(file)
        enter_codings(file)
    return path


@pytest.fixture
def small_path(small_template: Path, tmp_path: Path) -> Path:
    """A copy of the small project, closed."""
    return Path(shutil.copyfile(small_template, tmp_path / "small.polyvocal"))


@pytest.fixture
def small_project(small_path: Path) -> Iterator[ProjectFile]:
    """A small study with a little of everything, open for writing.

    Observers: Wren (ethnographer), Ilse (research-team), Bashir (lay-panel). Coders: Oda, and Wren, who wrote herself.
    Groups: Lay panel, Ward 4 within Ward teams. Event "Launch" of two parallel sessions, Plenary and Corridor.
    Sources: "Plenary, Wren", "Plenary, Ilse", "Corridor, Bashir" (during), "On the train" (Wren, after).
    Codes: Collaboration > Who decides, Whose time; Protest; Sense-making (never used).
    Seven codings: of Wren's plenary by both coders, one passage as two things at once, one beyond the BMP, one of
    decomposed accents. Oda has read all of "Plenary, Wren", some of "Plenary, Ilse" and none of the rest.
    """
    with open_project(small_path, Mode.WRITE) as file:
        yield file


@contextmanager
def state_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """While a template is made, the register of replicas is a passing one too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLYVOCAL_STATE", str(tmp_path_factory.mktemp("state")))
        yield


# --- the small study -------------------------------------------------------------------------------------------------

TEXTS = {
    "Plenary, Wren": (
        "10:05 Nine tables, one microphone. The chair says that every voice counts \U0001f399\ufe0f and hands it to a "
        "professor.\n\n“Who is paid to be here?” asks a woman of the lay panel. Nobody answers; then applause "
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 from the ward tables.\n\nI clap too, and notice it late.\n"
    ),
    "Plenary, Ilse": (
        "La modératrice ouvre la se\u0301ance a\u0300 dix heures. Trois orateurs, aucune question du panel.\n"
        "Les équipes prennent des notes; le café refroidit.\n"
    ),
    "Corridor, Bashir": (
        "خارج القاعة سألوني: من يقرر؟ لم أعرف.\n"
        "Two nurses laugh: “we have ten minutes, they have two days.”\n"
        "病房的人说：我们的时间不算数。\n"
        "एक ने कहा: हम सुन रहे हैं।\n"
    ),
    "On the train": "Home late. What looked like applause was, I think, a protest with good manners \U0001f682.\n",
}


def enter_setting(file: ProjectFile) -> None:
    """People, groups, the event and who was where."""
    add_group(file, name="Ward teams")
    add_group(file, name="Ward 4", within=("Ward teams",))
    add_group(file, name="Lay panel", description="Patients and carers, unpaid")
    add_person(file, name="Wren", standing=Standing.ETHNOGRAPHER)
    add_person(file, name="Ilse", standing=Standing.RESEARCH_TEAM)
    add_person(file, name="Bashir", standing=Standing.LAY_PANEL, roles=(RoleName.PARTICIPANT,), groups=("Lay panel",))
    add_person(file, name="Oda", roles=(RoleName.CODER,))
    add_event(
        file,
        title="Launch",
        series="Learning community",
        place="Town hall",
        zone="Europe/London",
        starts="2024-05-14T10:00+01:00",
        ends="2024-05-14T16:00+01:00",
    )
    half_past = "2024-05-14T11:30+01:00"
    add_session(file, title="Plenary", event="Launch", starts="2024-05-14T10:00+01:00", ends=half_past)
    add_session(
        file, title="Corridor", event="Launch", starts="2024-05-14T10:00+01:00", ends=half_past, scheduled=False
    )
    add_presence(file, person="Wren", session="Plenary", doing=Doing.OBSERVING, place="Table 2")
    add_presence(file, person="Ilse", session="Plenary", doing=Doing.FACILITATING)
    add_presence(file, person="Bashir", session="Corridor", doing=Doing.TAKING_PART)
    add_term(file, name="Whose time is paid", definition="Who is in the room in working hours, and who is not")


def enter_sources(file: ProjectFile) -> None:
    """Four accounts by three observers."""
    for title, observer, session, phase in (
        ("Plenary, Wren", "Wren", "Plenary", Phase.DURING),
        ("Plenary, Ilse", "Ilse", "Plenary", Phase.DURING),
        ("Corridor, Bashir", "Bashir", "Corridor", Phase.DURING),
        ("On the train", "Wren", None, Phase.AFTER),
    ):
        text, edits = normalise(TEXTS[title])
        import_sources(
            file,
            [Incoming(title, text, edits, file_name=f"{title}.txt", content=text.encode(), encoding="utf-8")],
            About(SourceKind.FIELDNOTE, observers=(observer,), event="Launch", session=session, phase=phase),
        )


def enter_codebook(file: ProjectFile) -> None:
    """Five codes, one of them a category."""
    add_code(file, name="Collaboration", kind=CodeKind.CATEGORY)
    add_code(file, name="Who decides", parent="Collaboration", definition="Who has the last word", colour="#0072b2")
    add_code(file, name="Whose time", parent="Collaboration", use_when="Time is given, taken or paid for")
    add_code(file, name="Protest", not_when="Somebody is merely bored")
    add_code(file, name="Sense-making")


def enter_codings(file: ProjectFile) -> None:
    """Codings by two coders, with concerns and stances; what they have read; memos."""
    paid = "“Who is paid to be here?” asks a woman of the lay panel."
    contests = StanceDraft("Lay panel", StanceName.CONTESTS, "Whose time is paid", toward="Ward teams")
    affirms = StanceDraft("Ward 4", StanceName.AFFIRMS, "Whose time is paid")
    code_words(file, "Plenary, Wren", paid, code="Whose time", coder="Oda", concerns=("Lay panel",), stance=contests)
    code_words(file, "Plenary, Wren", paid, code="Protest", coder="Oda")
    code_words(file, "Plenary, Wren", "asks a woman of the lay panel. Nobody answers", code="Protest", coder="Wren")
    code_words(
        file, "Plenary, Wren", "applause \U0001f468\u200d\U0001f469\u200d\U0001f467", code="Protest", coder="Wren"
    )
    code_words(file, "Plenary, Ilse", "ouvre la se\u0301ance a\u0300 dix heures", code="Who decides", coder="Oda")
    code_words(
        file,
        "Corridor, Bashir",
        "我们的时间不算数",
        code="Whose time",
        coder="Oda",
        concerns=("Ward 4",),
        stance=affirms,
    )
    code_words(file, "On the train", "a protest with good manners", code="Protest", coder="Wren", concerns=("Bashir",))
    set_reading(file, source="Plenary, Wren", coder="Oda", read_to=None)
    set_reading(file, source="Plenary, Ilse", coder="Oda", read_to=70)
    set_reading(file, source="Plenary, Wren", coder="Wren", read_to=None)
    add_memo(
        file,
        text="Applause may be a way of contesting.",
        kind=MemoKind.CODE,
        title="On applause",
        author="Oda",
        about=("code", "Protest"),
    )
    add_memo(file, text="I wrote this tired \U0001f634.", kind=MemoKind.REFLEXIVE, author="Wren")


def code_words(
    file: ProjectFile,
    source: str,
    words: str,
    *,
    code: str,
    coder: str,
    concerns: tuple[str, ...] = (),
    stance: StanceDraft | None = None,
) -> None:
    """Code the first place where words stand in a text of the small study."""
    start = TEXTS[source].index(words)
    add_coding(
        file,
        source=source,
        start=start,
        end=start + len(words),
        code=code,
        coder=coder,
        concerns=concerns,
        stance=stance,
    )
