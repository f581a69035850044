"""Tables of attributes, participants, layers and folded codes, and shares of rows and columns, counted by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.ids import AttributeId, CodeId
from polyvocal.domain.passages import AttributeAsked, CaseOf, PassageFilter
from polyvocal.domain.records import Attribute, Code, Layer, SourceVersion
from polyvocal.domain.words import AttributeType, LayerName, RoleName, Standing
from polyvocal.services.analysis.compare import Along, Dimension, Measure, compare
from polyvocal.services.analysis.dimensions import along_attribute
from polyvocal.services.commands.attributes import add_attribute, set_value
from polyvocal.services.commands.codebook import add_code
from polyvocal.services.commands.codings import add_coding
from polyvocal.services.commands.people import add_group, add_person
from polyvocal.services.commands.setting import add_event, add_session
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit
from tests.services.compare_studies import code, compared, numbers, write


@pytest.fixture
def study(project: ProjectFile) -> ProjectFile:
    """An event of one session, and two codes."""
    add_event(project, title="Launch")
    add_session(project, title="Plenary", event="Launch")
    add_code(project, name="Protest")
    add_code(project, name="Time")
    return project


@given(
    st.builds(
        Along,
        st.sampled_from(Dimension),
        st.none() | st.integers(1, 1 << 62).map(AttributeId),
        st.frozensets(st.integers(1, 1 << 62).map(CodeId), max_size=3),
    )
)
def test_what_stands_along_an_axis_is_kept_as_a_word(along: Along) -> None:
    assert Along.decode(along.encode()) == along


def test_attribute_is_read_of_the_case_that_is_named(study: ProjectFile) -> None:
    add_person(study, name="Ines", standing=Standing.ETHNOGRAPHER)
    write(study, "Note", "Ines")
    write(study, "Other", "Kim")
    code(study, "Note", 0, 5, coder="Pim")
    code(study, "Other", 0, 5, coder="Ines")
    add_attribute(study, name="years", type=AttributeType.NUMBER)
    set_value(study, kind="person", case="Ines", attribute="years", value="4")
    with study.view() as view:
        (years,) = view.all(Attribute)
        of_observer, of_coder = (along_attribute(of, years.id) for of in (CaseOf.OBSERVER, CaseOf.CODER))
        tables = [compare(view, Dimension.SOURCE, one) for one in (of_observer, of_coder)]
        only = PassageFilter(attributes=frozenset({AttributeAsked(CaseOf.OBSERVER, years.id, "not known")}))
        filtered = compare(view, Dimension.SOURCE, Dimension.CODE, chosen=only)
    assert numbers(tables[0]) == {("Note", "4"): 1, ("Other", "not known"): 1}
    assert numbers(tables[1]) == {("Note", "not known"): 1, ("Other", "4"): 1}
    assert "Source by years of the observer." in tables[0].caption
    assert "Not known: no value is recorded for the observer." in tables[0].caption
    assert numbers(filtered) == {("Other", "Protest"): 1}
    assert filtered.filters == {"years of the observer": ["not known"]}


def test_group_and_participant_are_of_two_concerns_of_one_passage(study: ProjectFile) -> None:
    write(study, "Note", "Ines")
    add_group(study, name="Lay panel")
    add_person(study, name="Olive", roles=(RoleName.PARTICIPANT,))
    add_coding(study, source="Note", start=0, end=5, code="Protest", coder="Oda", concerns=("Lay panel", "Olive"))
    add_coding(study, source="Note", start=3, end=9, code="Protest", coder="Oda", concerns=("Olive",))
    assert numbers(compared(study, Dimension.GROUP, Dimension.PARTICIPANT)) == {("Lay panel", "Olive"): 1}
    assert numbers(compared(study, Dimension.CODE, Dimension.PARTICIPANT)) == {("Protest", "Olive"): 2}
    assert numbers(compared(study, Dimension.CODE, Dimension.PARTICIPANT, group="Lay panel")) == {
        ("Protest", "Olive"): 1
    }


def test_folded_code_counts_a_span_that_one_coder_coded_with_several_of_its_codes_once(study: ProjectFile) -> None:
    add_code(study, name="Leaving", parent="Protest")
    write(study, "Note", "Ines")
    code(study, "Note", 0, 6)
    code(study, "Note", 0, 6, "Leaving")
    code(study, "Note", 0, 6, "Leaving", coder="Pim")
    code(study, "Note", 4, 10, "Leaving")
    code(study, "Note", 0, 6, "Time")
    with study.view() as view:
        (protest,) = view.find(Code, name="Protest")
        folded = Along(Dimension.CODE, folded=frozenset({protest.id}))
        passages = compare(view, folded)
        characters = compare(view, folded, measure=Measure.CHARACTERS)
        shares = compare(view, folded, measure=Measure.SHARE_OF_COLUMN)
    assert numbers(passages) == {("Protest", "Ines"): 3, ("Time", "Ines"): 1}
    assert numbers(characters) == {("Protest", "Ines"): 10, ("Time", "Ines"): 6}
    assert numbers(shares) == {("Protest", "Ines"): 0.75, ("Time", "Ines"): 0.25}
    assert "a span that one coder coded with several of them is one passage of it" in passages.caption


def test_shares_of_a_row_may_add_up_to_more_where_a_passage_is_in_several_columns(study: ProjectFile) -> None:
    write(study, "Note", "Ines", "Kim")
    write(study, "Other", "Kim")
    code(study, "Note", 0, 5)
    code(study, "Other", 0, 5)
    table = compared(study, measure=Measure.SHARE_OF_ROW)
    assert table.cells == ((0.5, 1.0), (None, None))
    assert "may add up to more than 100%" in table.caption


def test_passage_counts_in_each_layer_that_it_touches(study: ProjectFile) -> None:
    write(study, "Note", "Ines")
    code(study, "Note", 0, 8)

    def work(unit: Unit) -> None:
        (version,) = unit.all(SourceVersion)
        for start, end, layer in ((0, 4, LayerName.ASIDE), (6, 9, LayerName.REFLECTION), (8, 10, LayerName.PARAPHRASE)):
            unit.add(Layer(id=unit.new_id(), version=version.id, start=start, end=end, layer=layer))

    study.write("layers", work)
    assert numbers(compared(study, Dimension.CODE, Dimension.LAYER)) == {
        ("Protest", "aside"): 1,
        ("Protest", "reflection"): 1,
    }
