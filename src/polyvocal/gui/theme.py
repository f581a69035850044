"""How the window looks: two palettes, one style sheet, and what a code's colour becomes on each.

Light or dark follows the system unless the person chose one. Text has a contrast of at least 4.5 to its ground (WCAG
2.2 AA), lines and marks one of at least 3.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from polyvocal.gui.settings import LINE_WIDTH, READING_FONT, TEXT_SIZE, THEME, Setting, Settings


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one theme, as #rrggbb."""

    ground: str
    """behind text that is read, lists and fields"""
    panel: str
    """behind everything else"""
    raised: str
    """buttons, heads of tables"""
    line: str
    """between parts"""
    edge: str
    """around fields and buttons"""
    text: str
    muted: str
    """text of less weight"""
    accent: str
    """what is chosen, and the focus ring"""
    on_accent: str
    selection: str
    """behind selected text and rows"""
    warning: str
    warning_ground: str
    danger: str


LIGHT = Colours(
    ground="#fffefc", panel="#f5f3ef", raised="#fbfaf7", line="#dedad2", edge="#8f897c",
    text="#23211e", muted="#67625a", accent="#1f5f99", on_accent="#ffffff", selection="#cfe1f2",
    warning="#7a4a00", warning_ground="#fdf0d2", danger="#a3282c",
)  # fmt: skip
DARK = Colours(
    ground="#1e1f22", panel="#27282c", raised="#323338", line="#3d3f45", edge="#7a7e87",
    text="#e8e5df", muted="#b0ada6", accent="#7fb8ea", on_accent="#10202e", selection="#28415a",
    warning="#f3cf88", warning_ground="#433717", danger="#f19a9a",
)  # fmt: skip

_STANCES_LIGHT = "#4f4a43", "#1668ad", "#c2410c", "#7a3e9d", "#0b7a6b"
_STANCES_DARK = "#d2cdc4", "#6fb4f0", "#f2894a", "#c99cea", "#4fc3b5"

_READING_FONTS = ["Charter", "Iowan Old Style", "Georgia", "Noto Serif", "DejaVu Serif", "serif"]

_PICTURES = Path(__file__).resolve().parent / "pictures"

_SHEET = """
* {{ outline: 0; }}
QMainWindow, QDialog, QMenuBar, QStatusBar, QWidget#panel {{ background: {panel}; }}
QWidget#ground, QFrame#beside {{ background: {ground}; }}
QFrame#beside {{ border: 0; border-left: 1px solid {line}; }}
QToolTip {{ color: {text}; background: {raised}; border: 1px solid {edge}; padding: 4px; }}
QMenuBar::item {{ padding: 4px 9px; background: transparent; }}
QMenuBar::item:selected {{ background: {selection}; border-radius: 4px; }}
QMenu {{ background: {raised}; border: 1px solid {edge}; padding: 4px; }}
QMenu::item {{ padding: 5px 26px 5px 18px; border-radius: 4px; }}
QMenu::item:selected {{ background: {selection}; color: {text}; }}
QMenu::item:disabled {{ color: {muted}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 8px; }}
QPushButton, QToolButton {{ background: {raised}; border: 1px solid {edge}; border-radius: 5px; padding: 5px 12px; }}
QPushButton:hover, QToolButton:hover {{ border-color: {accent}; }}
QPushButton:pressed, QPushButton:checked, QToolButton:pressed, QToolButton:checked {{ background: {selection}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {accent}; padding: 4px 11px; }}
QPushButton[on="true"] {{ background: {selection}; }}
QPushButton:default {{ background: {accent}; color: {on_accent}; border-color: {accent}; }}
QPushButton:default:focus {{ border: 2px solid {text}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {muted}; border-color: {line}; background: {panel}; }}
QToolButton[flat="true"] {{ background: transparent; border-color: transparent; }}
QToolButton[flat="true"]:hover {{ border-color: {edge}; }}
QToolButton[flat="true"]:focus {{ border: 2px solid {accent}; }}
QToolButton[view="true"] {{ background: transparent; border: 2px solid transparent; border-radius: 5px;
  padding: 5px 14px; font-weight: 600; color: {muted}; }}
QToolButton[view="true"]:checked {{ background: {selection}; color: {text}; }}
QToolButton[view="true"]:focus {{ border-color: {accent}; }}
QToolButton[asks="true"] {{ background: {ground}; color: {muted}; padding: 5px 12px; }}
QToolButton[asks="true"]:focus {{ padding: 4px 11px; }}
QToolButton[badge="true"] {{ background: {warning_ground}; color: {warning}; border-color: {warning}; }}
QToolButton::menu-indicator {{ image: none; }}
QCheckBox, QRadioButton {{ border: 2px solid transparent; border-radius: 5px; padding: 1px 4px 1px 1px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {accent}; }}
QCheckBox::indicator:unchecked, QRadioButton::indicator:unchecked {{ width: {box}px; height: {box}px;
  background: {ground}; border: 1px solid {muted}; border-radius: 3px; }}
QTableView::indicator:unchecked, QTreeView::indicator:unchecked, QListView::indicator:unchecked {{
  width: {box}px; height: {box}px; background: {ground}; border: 1px solid {muted}; border-radius: 3px; }}
QCheckBox::indicator:checked, QTableView::indicator:checked, QTreeView::indicator:checked,
  QListView::indicator:checked {{ width: {box}px; height: {box}px; background: {accent}; border: 1px solid {accent};
  border-radius: 3px; image: url("{pictures}/check-{name}.svg"); }}
QCheckBox::indicator:checked:disabled {{ background: {edge}; border-color: {edge}; }}
QRadioButton::indicator:unchecked {{ border-radius: 7px; }}
QLineEdit, QPlainTextEdit, QTextBrowser, QComboBox, QListView, QTreeView, QTableView, QSpinBox {{
  background: {ground}; border: 1px solid {edge}; border-radius: 5px; selection-background-color: {selection};
  selection-color: {text}; }}
QPlainTextEdit, QTextBrowser {{ padding: 2px 4px; }}
QComboBox {{ combobox-popup: 0; }}
QLineEdit, QComboBox, QSpinBox {{ padding: 4px 7px; min-height: 1.3em; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextBrowser:focus, QComboBox:focus, QListView:focus, QTreeView:focus,
  QTableView:focus {{ border: 2px solid {accent}; }}
QLineEdit:focus, QComboBox:focus {{ padding: 3px 6px; }}
QPlainTextEdit:focus, QTextBrowser:focus {{ padding: 1px 3px; }}
QLineEdit:read-only {{ background: {panel}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QTextBrowser:disabled, QComboBox:disabled, QSpinBox:disabled {{
  background: {panel}; color: {muted}; border-color: {line}; }}
QComboBox:disabled QLineEdit {{ background: transparent; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QComboBox::drop-down {{ border: 0; width: 22px; subcontrol-origin: padding; subcontrol-position: center right; }}
QComboBox::down-arrow {{ image: url("{pictures}/down-{name}.svg"); width: 12px; height: 12px; }}
QSpinBox::up-button, QSpinBox::down-button {{ border: 0; width: 22px; subcontrol-origin: padding; }}
QSpinBox::up-button {{ subcontrol-position: top right; }}
QSpinBox::down-button {{ subcontrol-position: bottom right; }}
QSpinBox::up-arrow {{ image: url("{pictures}/up-{name}.svg"); width: 10px; height: 10px; }}
QSpinBox::down-arrow {{ image: url("{pictures}/down-{name}.svg"); width: 10px; height: 10px; }}
QSpinBox:focus {{ border: 2px solid {accent}; padding: 3px 6px; }}
QComboBox QAbstractItemView, QComboBox QAbstractItemView:focus {{ background: {ground}; border: 1px solid {edge};
  border-radius: 0; }}
QTreeView, QListView, QTableView {{ alternate-background-color: {panel}; gridline-color: {line}; }}
QTreeView::item, QListView::item {{ padding: 3px 2px; }}
QTableView::item {{ padding: 2px 4px; }}
QTreeView::item:selected, QListView::item:selected, QTableView::item:selected {{ background: {selection};
  color: {text}; }}
QTreeView::item:hover:!selected, QListView::item:hover:!selected {{ background: {raised}; }}
QTableView[pinned="true"] {{ border: 0; border-right: 1px solid {edge}; border-radius: 0; }}
QHeaderView {{ background: {panel}; border: 0; }}
QHeaderView::section {{ background: {raised}; border: 0; border-right: 1px solid {line};
  border-bottom: 1px solid {line}; padding: 5px 7px; }}
QTableCornerButton::section {{ background: {raised}; border: 0; border-right: 1px solid {line};
  border-bottom: 1px solid {line}; }}
QSplitter::handle {{ background: {line}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QTabWidget::pane {{ border: 0; border-top: 1px solid {line}; }}
QTabBar {{ qproperty-drawBase: 0; }}
QTabBar::tab {{ background: transparent; border: 0; border-bottom: 3px solid transparent; padding: 6px 13px;
  color: {muted}; }}
QTabBar::tab:selected {{ color: {text}; border-bottom-color: {accent}; font-weight: 600; }}
QTabBar::tab:focus {{ background: {selection}; }}
QTabBar::scroller {{ width: 52px; }}
QTabBar QToolButton {{ padding: 0; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {edge}; border-radius: 4px; margin: 2px; min-height: 28px; min-width: 28px; }}
QScrollBar::handle:hover {{ background: {muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ border: 1px solid {edge}; border-radius: 5px; background: {ground}; text-align: center; }}
QProgressBar::chunk {{ background: {selection}; border-radius: 4px; }}
QLabel[muted="true"] {{ color: {muted}; }}
QLabel[heading="true"] {{ font-size: {heading}pt; font-weight: 600; }}
QLabel[title="true"] {{ font-size: {title}pt; font-weight: 600; }}
QLabel[section="true"] {{ color: {muted}; font-weight: 600; }}
QLabel[fault="true"] {{ color: {danger}; }}
QFrame[notice="true"] {{ background: {warning_ground}; border: 0; border-radius: 5px; }}
QFrame[notice="true"] QLabel {{ color: {warning}; }}
QFrame[card="true"] {{ background: {ground}; border: 1px solid {line}; border-radius: 8px; }}
QFrame[chip="true"] {{ background: {selection}; border: 0; border-radius: 9px; }}
QToolButton[chip="true"] {{ background: transparent; border: 2px solid transparent; border-radius: 9px;
  padding: 0 4px; }}
QToolButton[chip="true"]:hover {{ border-color: {edge}; }}
QToolButton[chip="true"]:focus {{ border: 2px solid {accent}; padding: 0 4px; }}
QLabel[count="true"] {{ font-weight: 600; padding: 0 4px 0 0; }}
QFrame[rule="true"] {{ background: {line}; max-height: 1px; min-height: 1px; border: 0; }}
"""


class Theme(QObject):
    """The theme in force. Views that paint for themselves repaint at `changed`."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.colours = LIGHT
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_scheme_changed)
        settings.changed.connect(self._on_setting_changed)
        self._apply()

    @property
    def is_dark(self) -> bool:
        """Whether the dark one is in force."""
        return self.colours is DARK

    def choose(self, name: str) -> None:
        """Use "light", "dark" or "system" from now on."""
        self._settings[THEME] = name

    def set_text_size(self, points: int) -> None:
        """Show text that is read in a size, as far as the setting allows, and all other text in proportion."""
        smallest, largest = TEXT_SIZE.choices[0], TEXT_SIZE.choices[-1]
        self._settings[TEXT_SIZE] = max(smallest, min(largest, points))

    @property
    def text_size(self) -> int:
        """The size of text that is read, in points."""
        return self._settings[TEXT_SIZE]

    @property
    def line_width(self) -> int:
        """The longest line of a text that is read, in widths of an m at the usual size; 0 where it has no limit."""
        return self._settings[LINE_WIDTH]

    def reading_font(self) -> QFont:
        """The font of text that is read."""
        font = QFont()
        chosen = self._settings[READING_FONT]
        font.setFamilies([chosen, *_READING_FONTS] if chosen else _READING_FONTS)
        font.setPointSize(self.text_size)
        return font

    def _on_setting_changed(self, setting: Setting[object]) -> None:
        if setting in (THEME, TEXT_SIZE, READING_FONT):
            self._apply()
        elif setting is LINE_WIDTH:
            self.changed.emit()

    def _on_scheme_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._settings[THEME] == "system":
            self._apply()

    def _apply(self) -> None:
        chosen = self._settings[THEME]
        system = QGuiApplication.styleHints().colorScheme()
        dark = chosen == "dark" or (chosen == "system" and system is Qt.ColorScheme.Dark)
        self.colours = DARK if dark else LIGHT
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setPalette(palette_of(self.colours))
        size = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
        size = (size if size > 0 else 10.0) * min(max(self.text_size / TEXT_SIZE.default, 0.75), 2.0)
        font = app.font()
        font.setPointSizeF(size)
        app.setFont(font)
        words = {name: getattr(self.colours, name) for name in Colours.__slots__}
        sizes = {"heading": f"{size * 1.15:.1f}", "title": f"{size * 1.7:.1f}", "box": f"{size * 1.2:.0f}"}
        app.setStyleSheet(
            _SHEET.format(**words, **sizes, pictures=_PICTURES.as_posix(), name="dark" if dark else "light")
        )
        self.changed.emit()


def palette_of(colours: Colours) -> QPalette:
    """The palette of a theme, for what the style sheet does not reach."""
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, colours.panel),
        (role.WindowText, colours.text),
        (role.Base, colours.ground),
        (role.AlternateBase, colours.panel),
        (role.Text, colours.text),
        (role.Button, colours.raised),
        (role.ButtonText, colours.text),
        (role.ToolTipBase, colours.raised),
        (role.ToolTipText, colours.text),
        (role.PlaceholderText, colours.muted),
        (role.Highlight, colours.selection),
        (role.HighlightedText, colours.text),
        (role.Link, colours.accent),
        (role.Mid, colours.line),
    ):
        palette.setColor(which, QColor(colour))
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.muted))
    return palette


def stance_colour(number: int, colours: Colours) -> QColor:
    """The colour of a stance by its place among those of a project; its shape tells it too.

    Ink, blue and orange stay apart for people who lack one kind of cones, and have a contrast of 3 to the ground.
    """
    light = _luminance(QColor(colours.ground)) > 0.5
    shades = _STANCES_LIGHT if light else _STANCES_DARK
    return QColor(shades[number] if number < 3 else shades[3 + (number - 3) % (len(shades) - 3)])


@lru_cache(maxsize=4096)
def mark_colour(colour: str, ground: str) -> QColor:
    """A code's colour as a line or chip on a ground: its hue, made lighter or darker until it has a contrast of 3."""
    shade = QColor(colour)
    towards_light = _luminance(QColor(ground)) < 0.5
    for _ in range(24):
        if contrast(shade, QColor(ground)) >= 3.0:
            break
        lightness = shade.lightnessF() + (0.04 if towards_light else -0.04)
        hue, saturation = max(shade.hslHueF(), 0.0), shade.hslSaturationF()
        shade = QColor.fromHslF(hue, saturation, min(max(lightness, 0.0), 1.0))
    return shade


@lru_cache(maxsize=4096)
def blended(colour: str, ground: str, strength: float) -> QColor:
    """A colour laid thinly over a ground; `strength` from 0 to 1."""
    over, under = QColor(colour), QColor(ground)

    def part(one: int, other: int) -> int:
        return round(one * strength + other * (1 - strength))

    return QColor(part(over.red(), under.red()), part(over.green(), under.green()), part(over.blue(), under.blue()))


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
