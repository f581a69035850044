"""A fieldnote template goes out, is filled in without the program, and comes back with nothing to correct."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import _Cell

from polyvocal.domain.errors import UserError
from polyvocal.domain.records import Layer, Person, Presence, Session, SourceVersion
from polyvocal.domain.words import Doing, LayerName, Standing
from polyvocal.exchange.about.account import Account, found_in, read_account
from polyvocal.exchange.about.file_name import FileName, NameReader
from polyvocal.exchange.about.found import Field, Found, about_of
from polyvocal.exchange.about.settling import KnownNames
from polyvocal.exchange.readers import read_source
from polyvocal.exchange.writers import export_template
from polyvocal.services.commands.people import add_group
from polyvocal.services.commands.setting import add_event, add_session
from polyvocal.services.commands.sources import import_all
from polyvocal.services.queries.listing import list_sources
from polyvocal.services.queries.names import names_of
from polyvocal.services.queries.template import template_setting
from polyvocal.store.file import ProjectFile

FILLED = {
    "Observer": "Bashir",
    "Standing": "lay panel",
    "Position": "Table 3, by the door",
    "Session": "Plenary",
    "Before, during or after": "during",
    "Observed from": "14 May 2024, 10:05",
    "Observed to": "11.20",
    "Written at": "2024-05-14 21:30",
    "Others present": "Somebody from the kitchen",
}
TICKED = ("Lay panel", "Wren")
WRITTEN = {
    "Description": ("Nine tables, one microphone.", "The coffee is cold."),
    "What was said": ("Chair: Every voice counts.",),
    "Reflections": ("I clapped, and noticed it late.",),
}
EXPECTED = {
    Field.OBSERVERS: ("Bashir",),
    Field.STANDING: ("lay-panel",),
    Field.POSITION: ("Table 3, by the door",),
    Field.EVENT: ("Launch",),
    Field.SESSION: ("Plenary",),
    Field.PHASE: ("during",),
    Field.OBSERVED_FROM: ("2024-05-14T10:05",),
    Field.OBSERVED_TO: ("2024-05-14T11:20",),
    Field.WRITTEN_AT: ("2024-05-14T21:30",),
    Field.PRESENT: ("Lay panel", "Wren", "Somebody from the kitchen"),
}
LEFT = (
    "Description\nNine tables, one microphone.\nThe coffee is cold.\n\nWhat was said\nChair: Every voice counts.\n\n"
    "Reflections\nI clapped, and noticed it late.\n"
)
LAYERS = [
    (LayerName.DESCRIPTION, "Nine tables, one microphone.\nThe coffee is cold."),
    (LayerName.QUOTED_SPEECH, "Chair: Every voice counts."),
    (LayerName.REFLECTION, "I clapped, and noticed it late."),
]


@pytest.fixture
def template(small_project: ProjectFile, tmp_path: Path) -> Path:
    """The Word template for the event of the small study."""
    return exported(small_project, tmp_path / "template.docx")


def exported(project: ProjectFile, path: Path, observer: str | None = None) -> Path:
    with project.view() as view:
        export_template(template_setting(view, None, observer), path)
    return path


def fill_in(
    path: Path, cells: Mapping[str, str], written: Mapping[str, tuple[str, ...]], ticks: tuple[str, ...]
) -> None:
    """Type into a Word template as a person would: over the choices, at the place of the boxes, below the guidance."""
    document = Document(str(path))
    (table,) = document.tables
    for row in table.rows:
        label = row.cells[0].paragraphs[0].text
        if label in cells:
            type_into(row.cells[1], cells[label])
        for paragraph in row.cells[1].paragraphs:
            for box, words in zip(paragraph._p.iter(qn("w:sdtContent")), paragraph.text.split("\t"), strict=False):
                if words.strip(" \u2610") in ticks:
                    next(box.iter(qn("w:t"))).text = "\u2612"
    for heading, lines in written.items():
        write_below(document, heading, lines)
    document.save(str(path))


def type_into(cell: _Cell, words: str) -> None:
    paragraph = cell.paragraphs[0]
    controls = list(paragraph._p.iter(qn("w:sdtContent")))
    if controls:
        next(controls[0].iter(qn("w:t"))).text = words
    else:
        paragraph.add_run(words)


def write_below(document: WordDocument, heading: str, lines: tuple[str, ...]) -> None:
    place = next(at for at, one in enumerate(document.paragraphs) if one.text == heading)
    empty = document.paragraphs[place + 2]
    for line in lines:
        empty.insert_paragraph_before(line)


def back(project: ProjectFile, path: Path) -> tuple[Account, Found]:
    account = read_account(read_source(path))
    with project.view() as view:
        known = KnownNames(names_of(view))
    return account, found_in(account, FileName(path.stem), NameReader(known), known)


def assert_nothing_to_correct(account: Account, found: Found, left: str = LEFT) -> None:
    assert found.values == EXPECTED
    assert found.doubts == ()
    assert account.incoming.text == left
    assert [(one.layer, account.incoming.text[one.start : one.end]) for one in account.incoming.beside.layers] == LAYERS


def test_word_template_that_was_filled_in_says_all_of_it(small_project: ProjectFile, template: Path) -> None:
    fill_in(template, FILLED, WRITTEN, TICKED)
    assert_nothing_to_correct(*back(small_project, template))


def test_head_and_guidance_are_told_and_the_map_leads_from_the_file_to_the_account(
    small_project: ProjectFile, template: Path
) -> None:
    fill_in(template, FILLED, WRITTEN, TICKED)
    whole = read_source(template)
    account, _ = back(small_project, template)
    assert {"head of the text", "guidance of the fieldnote template", "section of the fieldnote template"} <= {
        note.what for note in account.incoming.notes
    }
    assert account.incoming.content == template.read_bytes()
    assert account.incoming.edits.length_after(len(whole.text)) == len(account.incoming.text)


def test_template_whose_styles_are_gone_is_known_by_its_words(small_project: ProjectFile, template: Path) -> None:
    fill_in(template, FILLED, WRITTEN, TICKED)
    document = Document(str(template))
    for paragraph in document.paragraphs:
        paragraph.style = document.styles["Normal"]
    document.save(str(template))
    assert_nothing_to_correct(*back(small_project, template))


def test_guidance_of_a_template_whose_headings_are_gone_is_taken_out(
    small_project: ProjectFile, template: Path
) -> None:
    fill_in(template, FILLED, WRITTEN, TICKED)
    document = Document(str(template))
    for paragraph in document.paragraphs:
        if paragraph.text in ("Fieldnote", *WRITTEN):
            document.element.body.remove(paragraph._p)
    document.save(str(template))
    account, _ = back(small_project, template)
    written = [line for lines in WRITTEN.values() for line in lines]
    assert account.incoming.text.split("\n") == [*written[:2], "", written[2], "", written[3], ""]
    assert not account.incoming.beside.layers


def test_what_is_left_empty_is_not_said(small_project: ProjectFile, template: Path) -> None:
    fill_in(template, {"Observer": "Bashir"}, {"Description": ("Cold coffee.",)}, ())
    account, found = back(small_project, template)
    assert found.values == {Field.OBSERVERS: ("Bashir",), Field.EVENT: ("Launch",), Field.PRESENT: ()}
    assert found.doubts == ()
    assert account.incoming.text == "Description\nCold coffee.\n"


def test_template_in_which_nothing_is_written_is_refused(template: Path) -> None:
    with pytest.raises(UserError, match="template: nothing is written"):
        read_account(read_source(template))


def test_observer_and_standing_are_filled_in_when_known(small_project: ProjectFile, tmp_path: Path) -> None:
    path = exported(small_project, tmp_path / "for ilse.docx", observer="ilse")
    fill_in(path, {}, {"Reflections": ("Tired.",)}, ())
    _, found = back(small_project, path)
    assert found.values[Field.OBSERVERS] == ("Ilse",)
    assert found.values[Field.STANDING] == (Standing.RESEARCH_TEAM,)


def test_an_x_for_the_box_and_words_behind_the_hints_do_as_well(small_project: ProjectFile, template: Path) -> None:
    document = Document(str(template))
    for row in document.tables[0].rows:
        label, cell = row.cells[0].paragraphs[0].text, row.cells[1]
        if label == "Session":
            cell.paragraphs[0].add_run(" Plenary")  # typed behind "Choose one"
        if label == "Observer":
            cell.paragraphs[0].add_run("Bashir")
        if label == "People present":
            cell.paragraphs[0].insert_paragraph_before("x Wren")
    place = next(at for at, one in enumerate(document.paragraphs) if one.text == "Description")
    document.paragraphs[place + 1].add_run(" And I saw this.")  # typed behind the guidance
    document.save(str(template))
    account, found = back(small_project, template)
    assert found.values[Field.SESSION] == ("Plenary",)
    assert found.values[Field.PRESENT] == ("Wren",)
    assert account.incoming.text == "Description\n And I saw this.\n"


def test_markdown_template_makes_the_same_journey(small_project: ProjectFile, tmp_path: Path) -> None:
    path = exported(small_project, tmp_path / "template.md")
    lines = []
    for line in path.read_text().split("\n"):
        label = line.removeprefix("- ").partition(":")[0]
        is_ticked = line.strip().removeprefix("- [ ] ") in TICKED
        written = f"- {label}: {FILLED[label]}" if line.startswith("- ") and label in FILLED else line
        lines.append(written.replace("[ ]", "[x]") if is_ticked else written)
        if line.startswith("## "):
            heading = line.removeprefix("## ")
            lines += ["", *WRITTEN[heading]]
    path.write_text("\n".join(lines))
    account, found = back(small_project, path)
    assert found.values == EXPECTED
    assert found.doubts == ()
    assert [(one.layer, account.incoming.text[one.start : one.end]) for one in account.incoming.beside.layers] == LAYERS
    assert "Tick" not in account.incoming.text
    assert "What you saw" not in account.incoming.text


@pytest.mark.parametrize("by_way_of", ["docx", "odt docx", "odt"])
def test_template_makes_the_round_trip_through_libreoffice(
    small_project: ProjectFile, template: Path, tmp_path: Path, by_way_of: str
) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not on this machine")
    fill_in(template, FILLED, WRITTEN, TICKED)
    path = template
    for number, ending in enumerate(by_way_of.split()):
        out = tmp_path / f"out{number}"
        profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
        command = [office, profile, "--headless", "--convert-to", ending, "--outdir", str(out), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        path = out / f"template.{ending}"
    assert_nothing_to_correct(*back(small_project, path))


def test_template_comes_in_with_layers_and_presence(small_project: ProjectFile, template: Path) -> None:
    fill_in(
        template, {**FILLED, "Observer": "Ilse", "Standing": "research team", "Session": "Corridor"}, WRITTEN, TICKED
    )
    account, found = back(small_project, template)
    result = import_all(small_project, [(account.incoming, about_of(found.values))])
    ((taken, source),) = result.sources
    told = {note.what: note.detail for note in taken.notes}
    assert told["group that was present"] == "Lay panel"
    assert told["name of somebody present"].startswith("Somebody from the kitchen")
    with small_project.view() as view:
        row = next(one for one in list_sources(view) if one.id == source)
        (corridor,) = view.find(Session, title="Corridor")
        there = {(one.person, one.doing, one.place) for one in view.find(Presence, session=corridor.id)}
        (version,) = view.find(SourceVersion, source=source)
        layers = [one.layer for one in view.find(Layer, version=version.id)]
        names = {who: view.need(Person, who).name for who, _, _ in there}
    assert row.observers == ("Ilse",)
    assert {(names[one], doing, place) for one, doing, place in there} == {
        ("Ilse", Doing.OBSERVING, "Table 3, by the door"),
        ("Wren", Doing.TAKING_PART, None),
        ("Bashir", Doing.TAKING_PART, None),
    }
    assert layers == [LayerName.DESCRIPTION, LayerName.QUOTED_SPEECH, LayerName.REFLECTION]


def test_event_is_asked_for_only_where_there_are_several(project: ProjectFile, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="there is none yet"):
        exported(project, tmp_path / "none.docx")
    add_event(project, title="First")
    exported(project, tmp_path / "one.docx")
    add_event(project, title="Second")
    with pytest.raises(UserError, match="'First', 'Second'"):
        exported(project, tmp_path / "two.docx")


def test_names_that_xml_would_trip_over_stand_in_the_template(project: ProjectFile, tmp_path: Path) -> None:
    add_event(project, title='Tea & <"cakes">')
    add_session(project, title='A "b" & c', event='Tea & <"cakes">')
    add_group(project, name="لجنة & co")
    path = exported(project, tmp_path / "odd.docx")
    fill_in(path, {"Observer": "Wren", "Session": 'A "b" & c'}, {"Description": ("x",)}, ())
    _, found = back(project, path)
    assert found.values[Field.EVENT] == ('Tea & <"cakes">',)
    assert found.values[Field.SESSION] == ('A "b" & c',)
