"""The people of the setting, and the groups that they form."""

from typing import Any

from PySide6.QtWidgets import QWidget

from polyvocal.domain.words import RoleName, SourceKind
from polyvocal.gui import labels
from polyvocal.gui.dialogs.form import FormDialog
from polyvocal.gui.dialogs.group import GroupDialog
from polyvocal.gui.dialogs.person import PersonDialog
from polyvocal.gui.sitting import Place, Sitting
from polyvocal.gui.views.setting_details import Details, Fact, Facts
from polyvocal.gui.views.setting_list import ListSection
from polyvocal.gui.views.setting_model import Column
from polyvocal.gui.views.setting_section import Door, EmptyState
from polyvocal.services.queries.setting_entries import (
    Account,
    Attendance,
    GroupEntry,
    Names,
    PersonEntry,
    group_entries,
    people_entries,
)


class PeopleSection(ListSection):
    """Everybody: who observes, who codes, who appears in the accounts."""

    query = staticmethod(people_entries)
    makes = ("person",)
    concerned = frozenset(
        {"person", "role", "positionality", "constituent_group", "membership", "presence", "session", "event"}
        | {"source", "source_version", "authorship"}
    )

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        def roles(one: PersonEntry) -> str:
            return ", ".join(labels.ROLES[role] for role in one.roles)

        def accounts(one: PersonEntry) -> str:
            return labels.number(one.accounts_counted) if one.accounts_counted else ""

        super().__init__(
            sitting,
            self.tr("People"),
            self.tr(
                "Everybody in the study, under a pseudonym: observers, who wrote accounts; coders, who code them; "
                "participants, who appear in them; reviewers. One person may be several of these."
            ),
            columns=(
                Column(self.tr("Name"), lambda one: one.person.name, letters=22),
                Column(self.tr("Roles"), roles, letters=22),
                Column(self.tr("Standing"), lambda one: labels.standing(one.person.standing), letters=16),
                Column(self.tr("Groups"), lambda one: ", ".join(name for _, name in one.groups), letters=22),
                Column(self.tr("Accounts"), accounts, lambda one: one.accounts_counted, numeric=True, letters=12),
                Column(self.tr("Description"), lambda one: one.person.description or "", letters=30),
            ),
            empty=EmptyState(
                self.tr("No people yet"),
                self.tr(
                    "Begin with those who observe: each writes from a standing, as an ethnographer, of the research "
                    "team or of the lay panel. Then those who code, and those who appear in the accounts."
                ),
                self.tr("Add person…"),
            ),
            find=self.tr("Find a person"),
            parent=parent,
        )

    def new_words(self) -> str:
        """What the button says."""
        return self.tr("Add person…")

    def kind_word(self, _entry: Any) -> str:
        """A person."""
        return "person"

    def name_of(self, entry: PersonEntry) -> str:
        """The person's name."""
        return entry.person.name

    def form(self, entry: PersonEntry | None, names: Names) -> FormDialog:
        """The form for a person."""
        return PersonDialog(self.sitting, names, entry, parent=self)

    def parts_asked_of(self) -> dict[str, tuple[str, str]]:
        """Statements of positionality, which are words of somebody, and what the person belongs to."""
        return {
            "positionality": (self.tr("statement of positionality"), self.tr("statements of positionality")),
            "membership": (self.tr("membership of a group"), self.tr("memberships of groups")),
        }

    def details_of(self, entry: PersonEntry) -> Details:
        """The person, with ways to the accounts, the groups and the sessions."""
        about = [*(labels.ROLES[role] for role in entry.roles)]
        if entry.person.standing:
            about.append(self.tr("writes as %s") % labels.standing(entry.person.standing))
        facts = []
        if entry.accounts or RoleName.OBSERVER in entry.roles:
            lines = [account_fact(one) for one in entry.accounts] or [Fact(self.tr("Nothing written yet."))]
            facts.append(Facts(self.tr("Accounts written"), lines, labels.number(entry.accounts_counted)))
        if entry.statements or RoleName.OBSERVER in entry.roles:
            stated = [Fact(labels.moment(one.dated), one.statement) for one in entry.statements]
            none = [Fact(self.tr("None yet. Edit… adds the first."))]
            facts.append(Facts(self.tr("Positionality"), stated or none))
        if entry.groups:
            groups = [Fact(name, opens=Door("groups", identity)) for identity, name in entry.groups]
            facts.append(Facts(self.tr("Groups"), groups))
        for event in dict.fromkeys(one.event for one in entry.attendances):
            seen = [
                Fact(one.title, attendance_words(one), Door("events", one.session))
                for one in entry.attendances
                if one.event == event
            ]
            facts.append(Facts(event, seen))
        return Details(entry.person.name, ", ".join(about), entry.person.description or "", facts)


class GroupsSection(ListSection):
    """The collectives of the setting; they nest and overlap."""

    query = staticmethod(group_entries)
    makes = ("constituent_group",)
    concerned = frozenset({"person", "constituent_group", "membership", "nesting"})

    def __init__(self, sitting: Sitting, parent: QWidget | None = None) -> None:
        super().__init__(
            sitting,
            self.tr("Groups"),
            self.tr(
                "The constituent groups: a ward team, the researchers, the lay panel. Groups may lie within others, "
                "and a person may belong to several."
            ),
            columns=(
                Column(self.tr("Name"), lambda one: one.group.name, letters=26),
                Column(self.tr("Within"), lambda one: ", ".join(name for _, name in one.within), letters=22),
                Column(self.tr("Members"), _members, lambda one: len(one.members), letters=34),
                Column(self.tr("Description"), lambda one: one.group.description or "", letters=30),
            ),
            empty=EmptyState(
                self.tr("No groups yet"),
                self.tr(
                    "A code can be about a group, and a group can take a stance: it generates, affirms or contests a "
                    "term of collaboration. Enter the collectives that matter in your setting."
                ),
                self.tr("Add group…"),
            ),
            find=self.tr("Find a group"),
            parent=parent,
        )

    def new_words(self) -> str:
        """What the button says."""
        return self.tr("Add group…")

    def kind_word(self, _entry: Any) -> str:
        """A group."""
        return "group"

    def name_of(self, entry: GroupEntry) -> str:
        """The group's name."""
        return entry.group.name

    def form(self, entry: GroupEntry | None, names: Names) -> FormDialog:
        """The form for a group."""
        return GroupDialog(self.sitting, names, entry, parent=self)

    def parts_asked_of(self) -> dict[str, tuple[str, str]]:
        """Who belongs to it, and where it lies."""
        return {
            "membership": (self.tr("person’s membership of it"), self.tr("people’s memberships of it")),
            "nesting": (self.tr("tie to another group"), self.tr("ties to other groups")),
        }

    def details_of(self, entry: GroupEntry) -> Details:
        """The group, with ways to its members and to the groups around and in it."""
        facts = []
        if entry.within:
            facts.append(
                Facts(self.tr("Lies within"), [Fact(name, opens=Door("groups", to)) for to, name in entry.within])
            )
        if entry.holds:
            facts.append(Facts(self.tr("Holds"), [Fact(name, opens=Door("groups", to)) for to, name in entry.holds]))
        members = [Fact(name, opens=Door("people", to)) for to, name in entry.members]
        none = [Fact(self.tr("Nobody yet. Edit… names them."))]
        facts.append(Facts(self.tr("Members"), members or none, labels.number(len(members)) if members else ""))
        return Details(entry.group.name, text=entry.group.description or "", facts=facts)


def _members(one: GroupEntry) -> str:
    if not one.members:
        return ""
    return f"{labels.number(len(one.members))}: {', '.join(name for _, name in one.members)}"


def account_fact(one: Account, *, observers: bool = False) -> Fact:
    """A source as a line that opens it."""
    parts = [", ".join(one.observers)] if observers and one.observers else []
    parts.append(labels.KINDS[SourceKind(one.kind)].lower())
    parts.append(f"{labels.number(one.words)} {'word' if one.words == 1 else 'words'}")
    if not one.counted:
        parts.append("counted with its note")
    return Fact(one.title, ", ".join(parts), Place(one.id))


def attendance_words(one: Attendance) -> str:
    """What somebody did in a session, and where."""
    return f"{labels.DOINGS[one.doing]}, {one.place}" if one.place else labels.DOINGS[one.doing]
