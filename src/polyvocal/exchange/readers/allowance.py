"""How much of a text may come from repetition: a few bytes of a file can ask for thousands of spaces, cells or rows."""

from polyvocal.domain.errors import UserError
from polyvocal.exchange.readers.limits import REPEATED_CHARACTERS


class Allowance:
    """Counts what one file repeats."""

    def __init__(self, name: str) -> None:
        self._name, self._left = name, REPEATED_CHARACTERS

    def take(self, characters: int) -> None:
        """Take some of it. Raises UserError when it is used up."""
        self._left -= characters
        if self._left < 0:
            raise UserError(
                f"{self._name} was not read: repeated spaces, cells or rows in it make more than "
                f"{REPEATED_CHARACTERS:,} characters. It may be made to fill the memory; if you trust it, take empty "
                "rows and columns out of its tables."
            )
