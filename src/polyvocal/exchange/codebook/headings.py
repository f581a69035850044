"""How the parts of a codebook are called: in the tables of this program and others, and in what people write.

Of other programs: Taguette writes tag, description, number of highlights; Requal code_id, code_name, code_description,
code_color; MAXQDA takes and gives Code (or Parent code and Code) and Memo; ATLAS.ti Code and Comment, NVivo Name (or
Hierarchical name), Description, Files and References; QualCoder writes codes with a memo behind a tab.
"""

from polyvocal.services.references import folded

_HEADINGS = {
    "name": (
        "name, code, codes, code name, codename, tag, label, node, node name, code label, title, term, "
        "kode, code-name, codes name"
    ),
    "path": "path, code path, full path, hierarchical name, full name, hierarchy",
    "identity": "id, code id, guid, code guid",
    "parent": "parent, parent code, parent name, parent node, above, below, belongs to, oberkategorie, parent id",
    "level": "level, depth, hierarchy level, ebene",
    "kind": "kind, type, code type",
    "definition": (
        "definition, description, code description, meaning, comment, comments, memo, code memo, "
        "definition of the code, full definition, brief definition, inclusion definition, note, notes, beschreibung, "
        "kodierregel, définition"
    ),
    "use_when": (
        "use when, when to use, inclusion, inclusion criteria, include, includes, when to apply, applies when, "
        "use for, guidelines, coding rule"
    ),
    "not_when": (
        "not when, do not use when, when not to use, exclusion, exclusion criteria, exclude, excludes, "
        "does not apply when, not for"
    ),
    "example": (
        "example, examples, typical example, anchor example, example quote, example quotation, ankerbeispiel, exemple"
    ),
    "colour": "colour, color, code colour, code color, farbe, rgb",
    "retired": "retired, inactive, deprecated",
}
FIELD_OF = {folded(word): field for field, words in _HEADINGS.items() for word in words.split(", ")}
"""By how it is called, what a column is or a label says."""

TEXTS = ("definition", "use_when", "not_when", "example")

_LEVELS = (
    ("theme", "sub-theme", "subtheme", "category", "sub-category", "subcategory", "code", "sub-code", "subcode"),
    ("level 1", "level 2", "level 3", "level 4", "level 5", "level 6", "level 7", "level 8", "level 9"),
)
"""Names of columns of which each holds the codes of a level, the topmost first."""

KIND_OF_LEVEL = {"theme": "theme", "category": "category"}

_COUNTED = (
    "passages, sources, by observer, by phase, quotes, memos, number of highlights, files, references, grounded, "
    "density, coded segments, frequency, cod. seg., created, created on, created by, modified, modified on, "
    "modified by, author"
)
COUNTED = frozenset(map(folded, _COUNTED.split(", ")))
"""What other columns are often about: the use of a code, and not what it is."""


def plain(heading: str) -> str:
    """A heading as it is compared."""
    return folded(heading.replace("_", " ").strip(" :*"))


def level_columns(header: tuple[str, ...]) -> list[int]:
    """The columns of which each holds the codes of one level, the topmost first; none if there are fewer than two."""
    names = [plain(one) for one in header]
    for levels in _LEVELS:
        found = [names.index(level) for level in levels if level in names]
        if len(found) > 1:
            return found
    return []
