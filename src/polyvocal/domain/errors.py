"""The three kinds of fault, told apart by who can mend them."""


class PolyvocalError(Exception):
    """Base of every fault that a door (command line, window, job) catches and explains."""


class UserError(PolyvocalError):
    """The person can mend it: the text says what happened, to which thing, and what to do next."""


class EnvironmentFault(PolyvocalError):
    """The machine is in the way: disk full, no permission, another program is writing."""


class BugError(PolyvocalError):
    """Ours: something that cannot happen did. The text never holds a word of anyone's notes."""
