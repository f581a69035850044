"""The settings, made from their schema: what is changed is in force at once."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from polyvocal.gui.button import Button
from polyvocal.gui.parts import fit, in_column, in_row, muted, scrolled
from polyvocal.gui.settings import READING_FONT, SETTINGS, Setting, Settings
from polyvocal.services.references import folded


class SettingRow(QWidget):
    """One setting: its title, a field, what it means, and the way back to its default."""

    def __init__(self, settings: Settings, setting: Setting[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings, self.setting = settings, setting
        self.show_value: Callable[[Any], object]
        self.field = self._make_field()
        self.field.setAccessibleName(setting.title)
        self.field.setAccessibleDescription(setting.meaning)
        self.default = Button(self.tr("Default"))
        self.default.setAutoDefault(False)
        self.default.setAccessibleName(self.tr("Default of: %s") % setting.title)
        self.default.clicked.connect(self.reset)
        keeps = self.default.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self.default.setSizePolicy(keeps)
        title = QLabel(self.tr(setting.title))
        title.setBuddy(self.field)
        named = (self.field, None) if isinstance(self.field, QCheckBox) else (title, None, self.field)
        column = in_column(in_row(*named, self.default, spacing=12), muted(self.tr(setting.meaning)), spacing=2)
        column.setContentsMargins(2, 0, 0, 6)
        self.setLayout(column)
        settings.changed.connect(self._on_changed)
        self._show()

    def _make_field(self) -> QWidget:
        setting = self.setting
        if isinstance(setting.default, bool):
            box = QCheckBox(self.tr(setting.title))
            box.toggled.connect(self._set)
            self.show_value = box.setChecked
            return box
        if isinstance(setting.default, int) and not setting.words:
            spin = QSpinBox()
            spin.lineEdit().setTextMargins(6, 0, 0, 0)  # Qt leaves out the padding at the left of a styled one
            spin.setMinimumWidth(spin.fontMetrics().averageCharWidth() * 12)
            spin.setRange(setting.choices[0], setting.choices[-1])
            spin.setKeyboardTracking(False)  # not each digit of 20 on its own
            spin.valueChanged.connect(self._set)
            self.show_value = spin.setValue
            return spin
        combo = QComboBox()
        for value, words in self._offered():
            combo.addItem(words, value)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(24)
        combo.currentIndexChanged.connect(lambda _row: self._set(combo.currentData()))
        self.show_value = lambda value: combo.setCurrentIndex(combo.findData(value))
        return combo

    def _offered(self) -> list[tuple[Any, str]]:
        if self.setting == READING_FONT:
            families = [one for one in QFontDatabase.families() if QFontDatabase.isSmoothlyScalable(one)]
            return [("", self.tr("As the program chooses")), *((one, one) for one in families)]
        return [(value, self.tr(words)) for value, words in zip(self.setting.choices, self.setting.words, strict=True)]

    def _set(self, value: Any) -> None:
        self._settings[self.setting] = value

    def _on_changed(self, setting: Setting[Any]) -> None:
        if setting == self.setting:
            self._show()

    def _show(self) -> None:
        blocker = QSignalBlocker(self.field)
        value = self._settings[self.setting]
        self.show_value(value)
        self.default.setVisible(value != self.setting.default)
        blocker.unblock()

    def reset(self) -> None:
        """Go back to the default."""
        self._settings[self.setting] = self.setting.default

    def answers(self, wanted: str) -> bool:
        """Whether a word, folded, is in what is said of the setting."""
        said = (self.setting.title, self.setting.meaning, *self.setting.words)
        return any(wanted in folded(one) for one in said)


class SettingsDialog(QDialog):
    """All settings that are offered, section by section. It can stay open beside the work."""

    keys_wanted = Signal()
    """The list of keys is to be shown."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Settings"))
        self.rows = [SettingRow(settings, one) for one in SETTINGS if one.title]
        self._heads: dict[str, QLabel] = {}
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Find a setting"))
        self.filter.setAccessibleName(self.tr("Find a setting"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._on_filter_changed)
        self.nothing = muted(self.tr("No setting is called so."))
        self.nothing.hide()
        self.keys, self.all_default = Button(self.tr("Keys…")), Button(self.tr("All back to default"))
        close = Button(self.tr("Close"))
        self.keys.clicked.connect(self.keys_wanted)
        self.all_default.clicked.connect(self._reset)
        close.clicked.connect(self.reject)
        for button in (self.keys, self.all_default, close):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(self.filter)
        column.addWidget(self._page(), 1)
        column.addLayout(in_row(self.keys, None, self.all_default, close))
        fit(self, letters=92, lines=42)

    def _page(self) -> QScrollArea:
        page = QWidget()
        page.setObjectName("panel")
        column = QVBoxLayout(page)
        column.setContentsMargins(2, 6, 14, 6)
        column.setSpacing(10)
        column.addWidget(self.nothing)
        for row in self.rows:
            section = row.setting.section
            if section not in self._heads:
                self._heads[section] = head = QLabel(self.tr(section))
                head.setProperty("heading", True)
                column.addWidget(head)
            column.addWidget(row)
        column.addStretch(1)
        return scrolled(page)

    def _on_filter_changed(self, typed: str) -> None:
        wanted = folded(typed)
        for row in self.rows:
            row.setVisible(row.answers(wanted))
        seen = {row.setting.section for row in self.rows if not row.isHidden()}
        for section, head in self._heads.items():
            head.setVisible(section in seen)
        self.nothing.setVisible(not seen)

    def _reset(self) -> None:
        for row in self.rows:
            row.reset()
