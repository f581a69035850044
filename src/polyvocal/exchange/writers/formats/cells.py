"""What stands in a cell of a table."""


class Share(float):
    """A number between 0 and 1 that is shown as a percentage."""


Value = str | int | float
"""A number, or words."""


def shown(value: Value) -> str:
    """A value as it is read: 1,234 or 12.5%, or the words."""
    if isinstance(value, str):
        return value
    return f"{value:.1%}" if isinstance(value, Share) else f"{value:,}"
