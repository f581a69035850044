"""What an operation of the history is called in words: "code", "merge codings", with the name of what it is about."""

from collections.abc import Callable

_CALLED = {
    "add coding": "code",
    "code passages": "code passages",
    "add codings": "code many passages",
    "remove coding": "remove the coding",
    "remove codings": "remove the codings",
    "change coding": "change the coding",
    "move coding": "move the coding",
    "extend coding": "move the ends of the coding",
    "merge codings": "merge the codings",
    "split coding": "split the coding",
    "duplicate coding": "code also",
    "recode": "change the code to",
    "add stance": "add a stance on",
    "add stances": "add stances on",
    "add concerns": "say whom it concerns on",
    "remove stance": "remove the stance on",
    "change stance": "change the stance on",
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
    "add term": "add the term",
    "change term": "change the term",
    "remove term": "remove the term",
    "add reading": "note reading",
    "add person": "add",
    "change person": "change",
    "add group": "add the group",
    "add event": "add the event",
    "add session": "add the session",
    "add presence": "note the presence of",
    "note presence": "note who was there",
    "add stretch": "make a stretch",
    "cut into stretches": "cut into stretches",
    "mark layers": "mark layers",
    "mark times": "mark times",
    "add memo": "write the memo",
    "change memo": "change the memo",
    "remove memo": "remove the memo",
    "import": "take in",
    "correct source": "correct",
    "change source": "correct what is said of",
    "remove source": "remove the source",
    "add attribute": "add the attribute",
    "change attribute": "change the attribute",
    "remove attribute": "remove the attribute",
    "set value": "set a value of",
    "import values": "take in values",
    "new project": "make the project",
}
"""The verbs of the commonest operations; of others, the kind itself."""


def step_in_words(kind: str, name: str | None, quoted: Callable[[str], str] = "‘{}’".format) -> str:
    """An operation in a few words, with the name of what it is about as it is to be quoted."""
    verb = _CALLED.get(kind, kind)
    return f"{verb} {quoted(name)}" if name else verb
