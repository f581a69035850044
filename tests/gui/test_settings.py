"""Settings are offered as their schema says; what is changed is in force at once, and what is damaged is at its default."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QCheckBox, QComboBox, QSpinBox
from pytestqt.qtbot import QtBot

from polyvocal.gui.dialogs.keys import KeysDialog
from polyvocal.gui.dialogs.settings import SettingRow, SettingsDialog
from polyvocal.gui.settings import READING_FONT, RESUME, SETTINGS, TEXT_SIZE, THEME, Setting, Settings
from polyvocal.gui.theme import DARK, Theme
from polyvocal.gui.window import Window

Shown = Callable[[], SettingsDialog]


@pytest.fixture
def shown(main_window: Window) -> Shown:
    """Opens the settings in the window."""

    def show() -> SettingsDialog:
        main_window.menus.settings.trigger()
        return next(one for one in main_window.findChildren(SettingsDialog) if one.isVisible())

    return show


def row_of(dialog: SettingsDialog, setting: Setting[Any]) -> SettingRow:
    return next(one for one in dialog.rows if one.setting == setting)


def test_every_setting_has_a_key_of_its_own_and_a_meaning() -> None:
    assert len({one.key for one in SETTINGS}) == len(SETTINGS)
    for one in SETTINGS:
        assert one.meaning
        if one.title:
            assert one.section
            assert one.meaning.endswith(".")
            assert not one.words or len(one.words) == len(one.choices)


def test_every_setting_that_is_offered_has_a_row_with_a_name_for_the_ear(shown: Shown) -> None:
    dialog = shown()
    assert [one.setting for one in dialog.rows] == [one for one in SETTINGS if one.title]
    for row in dialog.rows:
        assert row.field.accessibleName() == row.setting.title
        assert row.field.accessibleDescription() == row.setting.meaning


def test_every_setting_shows_its_value_and_values_that_have_names_are_offered_by_them(
    shown: Shown, settings: Settings
) -> None:
    for row in shown().rows:
        field, setting = row.field, row.setting
        if setting.words:
            assert isinstance(field, QComboBox), setting.key
            assert [field.itemText(one) for one in range(field.count())] == list(setting.words)
            assert field.currentData() == settings[setting]
        elif isinstance(field, QSpinBox):
            assert field.value() == settings[setting]
            assert (field.minimum(), field.maximum()) == (min(setting.choices), max(setting.choices))


def test_dark_is_seen_at_once_and_its_default_comes_back(shown: Shown, main_window: Window, theme: Theme) -> None:
    row = row_of(shown(), THEME)
    field = row.field
    assert isinstance(field, QComboBox)
    field.setCurrentIndex(field.findData("dark"))
    assert theme.colours is DARK
    assert row.default.isVisible()
    row.default.click()
    assert Settings()[THEME] == "system"
    assert field.currentData() == "system"
    assert not row.default.isVisible()


def test_text_size_follows_the_keys_that_change_it(shown: Shown, main_window: Window, theme: Theme) -> None:
    field = row_of(shown(), TEXT_SIZE).field
    assert isinstance(field, QSpinBox)
    main_window.menus.larger.trigger()
    assert field.value() == 13
    field.setValue(20)
    assert theme.reading_font().pointSize() == 20


def test_font_of_the_text_is_one_that_is_there(shown: Shown, theme: Theme) -> None:
    field = row_of(shown(), READING_FONT).field
    assert isinstance(field, QComboBox)
    assert field.currentData() == ""
    family = next(one for one in QFontDatabase.families() if field.findData(one) > 0)
    field.setCurrentIndex(field.findData(family))
    assert theme.reading_font().families()[0] == family


def test_setting_that_is_on_or_off_is_kept(shown: Shown) -> None:
    field = row_of(shown(), RESUME).field
    assert isinstance(field, QCheckBox)
    assert field.isChecked()
    field.click()
    assert Settings()[RESUME] is False


@pytest.mark.parametrize(("typed", "found"), [("size", TEXT_SIZE), ("DARK", THEME), ("last project", RESUME)])
def test_setting_is_found_by_what_is_said_of_it(shown: Shown, typed: str, found: Setting[Any]) -> None:
    dialog = shown()
    dialog.filter.setText(typed)
    seen = [one.setting for one in dialog.rows if one.isVisible()]
    assert found in seen
    assert len(seen) < len(dialog.rows)
    dialog.filter.setText("qqqq")
    assert dialog.nothing.isVisible()


def test_all_go_back_to_their_defaults(shown: Shown, settings: Settings) -> None:
    dialog = shown()
    settings[TEXT_SIZE] = 30
    settings[RESUME] = False
    dialog.all_default.click()
    assert all(settings[one] == one.default for one in SETTINGS if one.title)


def test_keys_are_opened_from_the_settings(shown: Shown, main_window: Window) -> None:
    shown().keys.click()
    assert any(one.isVisible() for one in main_window.findChildren(KeysDialog))


@pytest.mark.parametrize(
    ("setting", "held"),
    [(TEXT_SIZE, "large"), (TEXT_SIZE, "4000"), (THEME, "pink"), (RESUME, "perhaps"), (RESUME, "3")],
)
def test_value_that_a_setting_cannot_have_counts_as_none(settings: Settings, setting: Setting[Any], held: str) -> None:
    settings[setting] = setting.default
    file = QSettings(settings._store.fileName(), QSettings.Format.IniFormat)
    file.setValue(setting.key, held)
    file.sync()
    assert Settings()[setting] == setting.default


def test_window_tells_of_a_change_whoever_made_it(qtbot: QtBot, settings: Settings) -> None:
    with qtbot.waitSignal(settings.changed) as told:
        settings[RESUME] = False
    assert told.args == [RESUME]
