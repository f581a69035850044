"""What is exported as a codebook comes back unchanged: to the same project as nothing to do, to an empty one whole."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polyvocal.domain.codetree import in_tree_order
from polyvocal.domain.records import Code
from polyvocal.domain.text import clean_name
from polyvocal.domain.words import CodeKind
from polyvocal.exchange.codebook import CodebookPlan, Outcome, plan_codebook, read_codebook
from polyvocal.exchange.codebook.plan import _normal
from polyvocal.exchange.sample import write_sample
from polyvocal.exchange.writers import export_codebook
from polyvocal.services.commands.code_import import import_codes
from polyvocal.services.queries.codebook import codebook_report
from polyvocal.services.references import folded
from polyvocal.store.file import Mode, ProjectFile, create_project, open_project
from polyvocal.store.unit import Unit
from tests.exchange.codebook_fixtures import HOSTILE

ENDINGS = (".csv", ".xlsx", ".md")
TEXTS = ("definition", "use_when", "not_when", "example")


def planned(file: ProjectFile, path: Path, codes: list[Code] | None = None) -> CodebookPlan:
    """What importing a file would do, to these codes or to those of the project."""
    found, _ = read_codebook(path.read_bytes(), path.name)
    with file.view() as view:
        return plan_codebook(found, view.all(Code) if codes is None else codes)


def exported(file: ProjectFile, path: Path) -> Path:
    with file.view() as view:
        export_codebook(codebook_report(view), path)
    return path


def told(file: ProjectFile) -> list[tuple[object, ...]]:
    """The codes in the order of their tree with all that files keep of them."""
    with file.view() as view:
        codes = in_tree_order(view.all(Code))
    return [
        (depth, one.name, one.kind, one.retired, one.colour, *(_normal(getattr(one, field) or "") for field in TEXTS))
        for depth, one in codes
    ]


@pytest.mark.parametrize("ending", ENDINGS)
def test_sample_comes_back_unchanged(tmp_path: Path, ending: str) -> None:
    write_sample(tmp_path / "sample.polyvocal")
    with open_project(tmp_path / "sample.polyvocal") as file:
        plan = planned(file, exported(file, tmp_path / f"codes{ending}"))
        whole = planned(file, tmp_path / f"codes{ending}", [])
        assert plan.counts == {Outcome.NEW: 0, Outcome.SAME: len(plan.codes), Outcome.DIFFERS: 0, Outcome.LEFT_OUT: 0}
        assert plan.changes == 0
        assert plan.problems == whole.problems == ()
        before = told(file)
    with create_project(tmp_path / "empty.polyvocal", title="Empty", approach=None) as file:
        import_codes(file, whole.drafts)
        assert told(file) == before


def _characters() -> st.SearchStrategy[str]:
    marks = "#*_`|\\<>[]~$&'\"=+-@/:;,.()0123 \t\n"
    return st.sampled_from(marks) | st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs"))


texts = st.none() | st.text(_characters(), max_size=40).filter(lambda text: bool(_normal(text)))
names = st.text(_characters(), min_size=1, max_size=12).filter(lambda name: any(one.isalnum() for one in name))


@st.composite
def codebooks(draw: st.DrawFn) -> list[dict[str, Any]]:
    """The fields of codes, each at the top or below one before it (`above`); their names are borne once there."""
    taken: set[tuple[int | None, str]] = set()
    codes: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 7))):
        above = draw(st.sampled_from([None, *range(number)]))
        name = clean_name(draw(names), "code")  # a project has no others
        name = f"{name} {number}" if (above, folded(name)) in taken else name
        taken.add((above, folded(name)))
        codes.append(
            {
                "name": name,
                "above": above,
                "kind": draw(st.sampled_from(CodeKind)),
                "retired": draw(st.booleans()),
                "colour": f"#{number * 1111:06x}",
                "position": number,
                **{field: draw(texts) for field in TEXTS},
            }
        )
    return codes


def add_all(file: ProjectFile, codes: Sequence[Mapping[str, Any]]) -> None:
    def add(unit: Unit) -> None:
        made: list[Code] = []
        for code in codes:
            fields = {name: value for name, value in code.items() if name != "above"}
            above = code.get("above")
            made.append(Code(id=unit.new_id(), parent=made[above].id if above is not None else None, **fields))
            unit.add(made[-1])

    file.write("add", add)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("ending", ENDINGS)
@given(codes=codebooks())
def test_any_codebook_comes_back_unchanged(
    template_project: Path, tmp_path_factory: pytest.TempPathFactory, ending: str, codes: list[dict[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("trip")
    path = folder / f"codes{ending}"
    for name in ("a", "b"):
        shutil.copyfile(template_project, folder / f"{name}.polyvocal")
    with open_project(folder / "a.polyvocal", Mode.WRITE) as file:
        add_all(file, codes)
        plan = planned(file, exported(file, path))
        assert [(one.outcome, one.differs, one.told) for one in plan.codes] == [(Outcome.SAME, (), "")] * len(codes)
        assert plan.changes == 0
        assert plan.problems == ()
        before, whole = told(file), planned(file, path, [])
    with open_project(folder / "b.polyvocal", Mode.WRITE) as file:
        import_codes(file, whole.drafts)
        assert told(file) == before


@pytest.mark.parametrize("ending", ENDINGS)
def test_words_that_look_like_marks_come_back_as_they_were(project: ProjectFile, tmp_path: Path, ending: str) -> None:
    words = [
        "Example: when she said “no”.\nUse when: never.",
        "**Use when.** This is no label.",
        "> no quotation\n\n| no | table |",
        "# no heading\n\n- no item\n1. no item\n\nends with a backslash \\",
        "*Code · no passages · #123456*",
        "*On applause · code memo by Oda, 3 March 2026*",
        "=1+1",
        "'=1+1",
        HOSTILE.replace("\ud800\ufffe", ""),
    ]

    codes = [
        {"name": f"= code {number} #", "definition": text, "colour": "#123456", "position": number}
        for number, text in enumerate(words)
    ]
    add_all(project, codes)
    plan = planned(project, exported(project, tmp_path / f"codes{ending}"))
    assert [(one.outcome, one.differs) for one in plan.codes] == [(Outcome.SAME, ())] * len(words)


def test_deep_tree_comes_back_from_markdown_as_deep(project: ProjectFile, tmp_path: Path) -> None:
    above = [None, *range(11)]
    add_all(
        project,
        [{"name": f"level {at}", "above": above[at], "colour": "#123456", "position": 0} for at in range(12)],
    )
    plan = planned(project, exported(project, tmp_path / "codes.md"), [])
    assert [one.depth for one in plan.codes] == list(range(12))


def test_text_that_excel_cuts_is_told_and_not_taken_for_another(project: ProjectFile, tmp_path: Path) -> None:
    add_all(project, [{"name": "long", "definition": "word " * 8_000, "colour": "#123456", "position": 0}])
    plan = planned(project, exported(project, tmp_path / "codes.xlsx"))
    assert plan.changes == 0
    assert [note.what for note in plan.notes if "cut" in note.what] == ["text that Excel's cells had cut"]
