"""The command that opens the window."""

import gc
from argparse import Namespace
from importlib import import_module
from pathlib import Path

from polyvocal.domain.errors import EnvironmentFault
from polyvocal.gui.display import why_no_window


def window(options: Namespace) -> int:
    """Open the window, on a project if one is named. EnvironmentFault where there is no display."""
    reason = why_no_window()
    if reason is not None:
        raise EnvironmentFault(f"{reason}. All that the window does, the commands do too: `polyvocal --help`.")
    import_module("polyvocal.store.file")  # SQLAlchemy alone lets go of 14 MB as it is imported
    gc.disable()  # importing the rest makes much and lets go of little; the window collects for itself (gui/garbage.py)
    try:
        from polyvocal.gui.app import run_window
    except ImportError as fault:
        library = str(fault).split(":")[0]
        raise EnvironmentFault(
            f"Qt cannot be loaded here ({library}). Install what the README names, or use the commands: "
            "`polyvocal --help`."
        ) from None
    return run_window(Path(options.project) if options.project else None)
