"""What is said of one file in the end: in its row, and below the table of all of them."""

from polyvocal.domain.errors import UserError
from polyvocal.exchange.about.found import Field, about_of
from polyvocal.exchange.about.settling import KnownNames
from polyvocal.gui.dialogs.about_fields import AboutFields
from polyvocal.gui.dialogs.import_rows import JOTTINGS, TIMES, Row
from polyvocal.services.commands.incoming import About, Renewal
from polyvocal.services.commands.setting import checked_time
from polyvocal.services.references import folded


def said_of(row: Row, fields: AboutFields, known: KnownNames | None) -> About | Renewal:
    """What a row and the fields for all say of a file.

    UserError for a time, a standing or a note that cannot be, and for a session or a phase of an event not named.
    """
    if row.renews is not None:
        return Renewal(str(row.renews.source))
    values = row.whole
    observers = values.get(Field.OBSERVERS, ())
    if not observers:
        values.pop(Field.STANDING, None)
        values.pop(Field.POSITION, None)
    elif Field.STANDING not in values:
        standing = fields.standing_of(observers)
        values |= {Field.STANDING: (str(standing),)} if standing is not None else {}
    for what in TIMES:
        if what in values:
            time = checked_time(values[what][0], f"the time {what.replace('_', ' ')}")
            values[what] = (time,) if time is not None else ()
    if values.get(Field.KIND) != (JOTTINGS,):
        values.pop(Field.NOTE, None)
    elif Field.NOTE not in values:
        note = fields.checked_note()
        values |= {Field.NOTE: (note,)} if note is not None else {}
    elif known is not None and folded(values[Field.NOTE][0]) not in known.notes:
        raise UserError(f"there is no source “{values[Field.NOTE][0]}”: choose the note that was written from these")
    if Field.EVENT not in values and known is not None and {Field.SESSION, Field.PHASE} & values.keys():
        with_it = (
            known.events_with(values[Field.SESSION][0]) if Field.SESSION in values else list(known.events.values())
        )
        if len(with_it) != 1:
            raise UserError("a session or a phase is one of an event: say of which")
        values[Field.EVENT] = (with_it[0],)
    return about_of(values)
