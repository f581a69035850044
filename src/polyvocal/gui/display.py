"""Is there a screen to open a window on? Asked before Qt is, since Qt ends the program where there is none."""

import ctypes
import os
import sys

PACKAGES = "libegl1 libgl1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"
"""What Debian and Ubuntu call the libraries that Qt loads for a window."""


def why_no_window() -> str | None:
    """Why no window can be opened here, in words for the person, with the way out; None where one can."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return None
    if os.environ.get("WAYLAND_DISPLAY"):
        return None
    display = os.environ.get("DISPLAY")
    if not display:
        return "there is no display here to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set)"
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
        ctypes.CDLL("libxcb-cursor.so.0")
    except OSError as fault:
        library = str(fault).split(":")[0]
        return f"the system lacks {library}, without which Qt opens no window: install {PACKAGES}"
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return f"the display {display} does not answer" if refused else None


if __name__ == "__main__":
    print(why_no_window() or "")  # noqa: T201 - `python -m polyvocal.gui.display`, for who starts the window
