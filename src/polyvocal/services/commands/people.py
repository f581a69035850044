"""People and the groups that they form."""

from polyvocal.domain.changes import ChangeSet
from polyvocal.domain.errors import UserError
from polyvocal.domain.ids import ConstituentGroupId, PersonId
from polyvocal.domain.record import Record
from polyvocal.domain.records import ConstituentGroup, Membership, Nesting, Person, Role
from polyvocal.domain.text import clean_name, clean_text, shown
from polyvocal.domain.words import RoleName, Standing
from polyvocal.services.references import is_id, kind_named, kind_of_record, lookup, with_article
from polyvocal.store.file import ProjectFile
from polyvocal.store.unit import Unit


def ensure_person(unit: Unit, name: str, role: RoleName | None, standing: Standing | None = None) -> Person:
    """The person who bears a name (or id), made if nobody does, and given the role.

    Raises UserError where several bear it, and where the person is known to have another standing.
    """
    called = clean_name(name, "person")
    person = find_person(unit, called)
    if person is None and is_id(called):
        raise UserError(f"there is no person with the id {shown(called)} any more: say who it is by name")
    if person is None:
        person = Person(id=unit.new_id(), name=called, standing=standing)
        unit.add(person)
    elif standing is not None and person.standing is None:
        person = unit.change(person, standing=standing)
    elif standing is not None and person.standing is not standing:
        raise UserError(
            f"{person.name} is known to write as {person.standing}, not as {standing}. If that is wrong, say "
            f"`polyvocal change PROJECT person {person.id} --set standing={standing}` first."
        )
    if role is not None:
        give_role(unit, person.id, role)
    return person


def find_person(unit: Unit, name: str) -> Person | None:
    """The person who bears a name or an id, or None. UserError where several do."""
    found: Person | None = lookup(unit, kind_named("person"), name)
    return found


def give_role(unit: Unit, person: PersonId, role: RoleName) -> None:
    """Note that a person has a role, once."""
    if not unit.find(Role, person=person, role=role):
        unit.add(Role(id=unit.new_id(), person=person, role=role))


def ensure_group(unit: Unit, name: str) -> ConstituentGroup:
    """The group that bears a name (or id), made if there is none."""
    called = clean_name(name, "group")
    group = find_group(unit, called)
    if group is None:
        group = ConstituentGroup(id=unit.new_id(), name=called)
        unit.add(group)
    return group


def find_group(unit: Unit, name: str) -> ConstituentGroup | None:
    """The group that bears a name or an id, or None. UserError where several do."""
    found: ConstituentGroup | None = lookup(unit, kind_named("group"), name)
    return found


def find_party(unit: Unit, name: str) -> ConstituentGroup | Person | None:
    """The group or the person who bears a name; UserError where both exist."""
    group, person = find_group(unit, name), find_person(unit, name)
    if group is not None and person is not None:
        raise UserError(
            f"both a group and a person are called {shown(name)}: give the id of the one you mean "
            f"(group = {group.id}, person = {person.id})"
        )
    return group or person


def ensure_party(unit: Unit, name: str) -> ConstituentGroup | Person:
    """The group or participant who bears a name; a group of that name is made if there is neither."""
    party = find_party(unit, clean_name(name, "group or person")) or ensure_group(unit, name)
    if isinstance(party, Person):
        give_role(unit, party.id, RoleName.PARTICIPANT)
    return party


def refuse_taken(there: Record | None, name: str) -> None:
    """Raise UserError if something bears a name already."""
    if there is not None:
        raise UserError(
            f"there is {with_article(kind_of_record(type(there)))} called {shown(name)} already ({there.id}): "
            "choose another name, or change that one"
        )


def add_person(
    file: ProjectFile,
    *,
    name: str,
    roles: tuple[RoleName, ...] = (),
    standing: Standing | None = None,
    description: str | None = None,
    groups: tuple[str, ...] = (),
) -> ChangeSet:
    """Enter a person. Groups that are not there yet are made. Raises UserError where the name is taken."""

    def work(unit: Unit) -> None:
        make_person(unit, name=name, roles=roles, standing=standing, description=description, groups=groups)

    return file.write("add person", work)


def make_person(
    unit: Unit,
    *,
    name: str,
    roles: tuple[RoleName, ...] = (),
    standing: Standing | None = None,
    description: str | None = None,
    groups: tuple[str, ...] = (),
) -> Person:
    """A new person with roles and groups, as `add_person` enters one: who has a standing is an observer."""
    called = clean_name(name, "person")
    refuse_taken(find_person(unit, called), called)
    person = Person(id=unit.new_id(), name=called, standing=standing, description=clean_text(description))
    unit.add(person)
    for role in dict.fromkeys((*roles, *((RoleName.OBSERVER,) if standing else ()))):
        give_role(unit, person.id, role)
    for group in dict.fromkeys(ensure_group(unit, one).id for one in groups):
        unit.add(Membership(id=unit.new_id(), person=person.id, constituent_group=group))
    return person


def add_group(
    file: ProjectFile,
    *,
    name: str,
    description: str | None = None,
    within: tuple[str, ...] = (),
    members: tuple[str, ...] = (),
) -> ChangeSet:
    """Enter a group, within others if given. People and groups that are not there yet are made.

    Raises UserError where the name is taken.
    """

    def work(unit: Unit) -> None:
        called = clean_name(name, "group")
        refuse_taken(find_group(unit, called), called)
        group = ConstituentGroup(id=unit.new_id(), name=called, description=clean_text(description))
        unit.add(group)
        for outer in dict.fromkeys(ensure_group(unit, one).id for one in within):
            nest(unit, group.id, outer)
        for person in dict.fromkeys(ensure_person(unit, one, None).id for one in members):
            unit.add(Membership(id=unit.new_id(), person=person, constituent_group=group.id))

    return file.write("add group", work)


def nest(unit: Unit, inner: ConstituentGroupId, outer: ConstituentGroupId) -> None:
    """Put one group within another. UserError where that would put a group within itself."""
    above = {outer}
    pending = [outer]
    while pending:
        for nesting in unit.find(Nesting, inner=pending.pop()):
            if nesting.outer not in above:
                above.add(nesting.outer)
                pending.append(nesting.outer)
    if inner in above:
        raise UserError("a group cannot lie within itself: name another one that it lies within")
    unit.add(Nesting(id=unit.new_id(), inner=inner, outer=outer))
