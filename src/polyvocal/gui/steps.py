"""What an operation of the history is called where it can be undone or redone: "code 'means of protest'"."""

from polyvocal.services.queries.project import Step

_CALLED = {
    "add coding": "code",
    "add codings": "code many passages",
    "remove coding": "remove the coding",
    "change coding": "change the coding",
    "add stance": "add a stance on",
    "remove stance": "remove the stance on",
    "add code": "add the code",
    "change code": "change the code",
    "remove code": "remove the code",
    "merge codes": "merge codes:",
    "split code": "split a code:",
    "move code": "move the code",
    "retire code": "retire the code",
    "bring back code": "take back into use the code",
    "say why": "say why a code was changed",
    "import codebook": "take in a codebook",
    "add reading": "note reading",
    "add person": "add",
    "add presence": "note the presence of",
    "note presence": "note who was there",
    "add stretch": "make a stretch",
    "mark layers": "mark layers",
    "import": "take in",
    "correct source": "correct",
    "change source": "correct what is said of",
    "remove source": "remove the source",
    "add attribute": "add the attribute",
    "change attribute": "change the attribute",
    "remove attribute": "remove the attribute",
    "set value": "set a value of",
    "import values": "take in values",
}
"""The verbs of the commonest operations; of others, the kind itself."""


def named_step(step: Step) -> str:
    """The operation in a few words, with the name of what it is about."""
    verb = _CALLED.get(step.kind, step.kind)
    return f"{verb} ‘{step.name}’" if step.name else verb
