"""What a file tells of codes, before anything is known of the project."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from polyvocal.domain.words import Fate
from polyvocal.services.commands.incoming import Note


@dataclass(frozen=True, slots=True)
class Entry:
    """A code as a file tells of it, below the last one before it that is less deep.

    `where` is its row or line, from 1. `fields` hold what is said of it in words, by the names of the record's fields;
    what is not in it is not told. `identity` is what an export of this program calls it by. Of one that is only named
    as the code above others, `is_named_only` is true: it is any code of that name.
    """

    where: int
    name: str = field(repr=False)
    depth: int
    fields: Mapping[str, str] = field(default_factory=dict, repr=False)
    identity: str = ""
    is_named_only: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The codes of a file, in the order of their tree; `read_as` says how it was read, `notes` what is not in it.

    `problems` tell what is wrong in a line or row: (where, what).
    """

    entries: tuple[Entry, ...]
    read_as: str
    notes: tuple[Note, ...] = ()
    problems: tuple[tuple[int, str], ...] = ()


def left_out(what: str, how_many: int, detail: str) -> Note:
    """A note of something that is not carried over."""
    return Note(what, how_many, detail, Fate.LEFT_OUT)


def parts_of(path: str, mark: str) -> list[str]:
    """The names in a path, the topmost first."""
    return [part.strip() for part in path.split(mark) if part.strip()] or [path]


def with_paths(paths: Sequence[tuple[int, Sequence[str], Mapping[str, str], str]]) -> tuple[Entry, ...]:
    """Entries of (where, names from the topmost down, fields, identity), those above made where nobody tells of them.

    The order is that in which each code comes first, parents before children.
    """
    told: dict[tuple[str, ...], Entry] = {}
    children: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    again: list[tuple[tuple[str, ...], Entry]] = []
    for where, names, fields, identity in paths:
        path = tuple(names)
        for length in range(1, len(path) + 1):
            part = path[:length]
            if part not in told:
                told[part] = Entry(where, part[-1], length - 1)
                children.setdefault(part[:-1], []).append(part)
        entry = Entry(where, path[-1], len(path) - 1, fields, identity)
        if told[path].fields or told[path].identity:
            again.append((path, entry))
        else:
            told[path] = entry
    ordered: list[Entry] = []
    pending = [iter(children.get((), ()))]
    repeated: dict[tuple[str, ...], list[Entry]] = {}
    for path, entry in again:
        repeated.setdefault(path, []).append(entry)
    while pending:
        here = next(pending[-1], None)
        if here is None:
            pending.pop()
        else:
            ordered += [told[here], *repeated.get(here, ())]
            pending.append(iter(children.get(here, ())))
    return tuple(ordered)
