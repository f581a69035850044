"""Where the window is measured: without a screen, and on a display of the X server, where there is one."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


def screens() -> Iterator[tuple[str, Mapping[str, str]]]:
    """What figures are told to be of, and the environment for the programs that measure; a display lasts for its turn.

    Xvfb has no graphics card either: what it adds is that windows are shown, and painted when the server says so.
    """
    yield "", {"QT_QPA_PLATFORM": "offscreen"}
    if shutil.which("Xvfb") is None:
        print("    (no Xvfb on this machine: not measured in a real window)")
        return
    with _display() as name:
        yield "in a real window: ", {"QT_QPA_PLATFORM": "xcb", "DISPLAY": name}


@contextmanager
def _display() -> Iterator[str]:
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1440x900x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            yield f":{told.readline().strip()}"
    finally:
        server.terminate()
        server.wait(30)
