"""What a screen reader is told of a window: every control that the keys can reach has a name and a role."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QScrollArea, QWidget

NO_ROLE = {QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane, QAccessible.Role.Border}


def controls(window: QWidget) -> Iterator[QWidget]:
    """The controls of a window that Tab comes to."""
    for widget in window.findChildren(QWidget):
        if (
            widget.window() is window
            and widget.isVisible()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.focusProxy() is None
        ):
            yield widget


def name_of(widget: QWidget) -> str:
    """What a screen reader calls a widget."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def nameless(window: QWidget) -> list[str]:
    """The controls of a window that have no name, or no role, for the ear: each as a path of classes and names."""
    return [_path(one) for one in controls(window) if not name_of(one).strip() or not _has_role(one)]


def _has_role(widget: QWidget) -> bool:
    """What can only be scrolled is a part of the page, and told as one."""
    return _role(widget) not in NO_ROLE or type(widget) is QScrollArea


def _role(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


def _path(widget: QWidget) -> str:
    parts = [f"{type(widget).__name__}({name_of(widget)!r}, {_role(widget).name})"]
    above = widget.parentWidget()
    while above is not None and len(parts) < 5:
        parts.append(type(above).__name__)
        above = above.parentWidget()
    return " < ".join(parts)
