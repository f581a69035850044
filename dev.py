#!/usr/bin/env python3
"""The workshop: sets Polyvocal up on this machine, and runs it or tests it.

    python3 dev.py run               try it: the window on a fresh copy of the sample; without a display, the tour
    python3 dev.py test              format, lint, types, import contracts, tests
    python3 dev.py test PATH...      only these tests (what follows is handed to pytest)
    python3 dev.py bench [NAME...]   measure it
    python3 dev.py lock              pin all libraries anew; with --upgrade, their newest versions

Everything is kept in the folder .venv beside this file; remove it to begin again. Needs Python 3.11, 3.12 or 3.13
and, the first time, a network.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

WINDOWS = os.name == "nt"
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
SUFFIX = ".exe" if WINDOWS else ""
PYTHON = BIN / f"python{SUFFIX}"
STAMP = VENV / "polyvocal-set-up.txt"

SUITABLE = ((3, 13), (3, 12), (3, 11))
SYSTEM_PACKAGES = (
    *("libglib2.0-0", "libegl1", "libgl1", "libxkbcommon0", "libdbus-1-3", "libfontconfig1"),  # to load Qt at all
    *("libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0", "libxkbcommon-x11-0"),  # for a window
    *("fonts-noto-core",),  # most of the scripts that people write in
)
"""What Debian's apt has to bring besides Python."""

TO_RUN, TO_TEST = "requirements.txt", "requirements-dev.txt"
HOLDS = {TO_RUN: (TO_RUN,), TO_TEST: (TO_TEST, TO_RUN)}
"""Having installed the one file, which ones need not be installed any more."""

LINT_IMPORTS = "from importlinter.cli import lint_imports_command as lint; lint()"
CHECKS = (
    ("Format", ("-m", "ruff", "format", "--check", ".")),
    ("Lint", ("-m", "ruff", "check", ".")),
    ("Types", ("-m", "mypy")),
    ("Import contracts", ("-c", LINT_IMPORTS, "--no-logo")),
    ("Tests, planted violations among them", ("-m", "pytest", "-n", str(max(2, os.cpu_count() or 2)))),
)

OFFLINE = re.compile(
    "NewConnectionError|ConnectTimeout|ReadTimeout|Max retries exceeded|Network is unreachable|ProxyError"
    "|Temporary failure in name resolution|getaddrinfo failed|nodename nor servname|SSLError|Connection refused"
    "|from versions: none"  # which is all that is said where pip may not try again
)


class SetUpError(Exception):
    """Something is in the way that the person can mend; the text says what, and how."""


def say(text: str = "") -> None:
    """Print at once, so that it stands before what the next program prints."""
    print(text, flush=True)


def heading(title: str) -> None:
    """Begin a part of the work."""
    say(f"\n==> {title}")


# --- a suitable Python -----------------------------------------------------------------------------------------------


def suitable_python() -> list[str] | None:
    """The command of a Python that will do, or None where the running one does. Raises SetUpError if there is none."""
    if sys.version_info[:2] in SUITABLE:
        return None
    for major, minor in SUITABLE:
        name = f"{major}.{minor}"
        found = shutil.which("py" if WINDOWS else f"python{name}")
        command = [found or "", *((f"-{name}",) if WINDOWS else ())]
        if found and version_of(command) == name:
            return command
    raise SetUpError(
        f"Polyvocal needs Python 3.11, 3.12 or 3.13, and this is Python {sys.version_info[0]}.{sys.version_info[1]} "
        f"({sys.executable}).\nNo other one was found. Install one from https://www.python.org/downloads/"
        + (", or with `apt-get install python3 python3-venv` on Debian 12 or newer" if shutil.which("apt-get") else "")
        + ", then say this again."
    )


def version_of(command: list[str]) -> str | None:
    """What version a Python says it is ("3.12"), or None if it does not run."""
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [*command, "-c", ask], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.decode("ascii", "replace").strip()


# --- packages of the system ------------------------------------------------------------------------------------------


def need_system_packages(packages: tuple[str, ...]) -> None:
    """Install what Debian lacks, as root; else raise SetUpError with the command. Other systems are taken on trust."""
    missing = missing_packages(packages)
    if not missing:
        return
    heading(f"Packages of the system: {' '.join(missing)}")
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0:  # type: ignore[attr-defined,unused-ignore]
        raise SetUpError(
            f"Packages of the system are missing. Install them, then say this again:\n\n    sudo {' '.join(command)}"
        )
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.call(["apt-get", "update", "-qq"], env=quietly)
    if subprocess.call(command, env=quietly) != 0 or missing_packages(packages):
        raise SetUpError(
            f"apt-get could not install {' '.join(missing)}: see above. Install them, then say this again."
        )


def missing_packages(packages: tuple[str, ...]) -> list[str]:
    """Which of the packages Debian has not installed; none where this is not Debian."""
    if not (shutil.which("dpkg-query") and shutil.which("apt-get")):
        return []
    newer = [f"{name}t64" for name in packages]  # as Debian calls some of them since version 13
    ask = ["dpkg-query", "-W", "-f=${Package} ${db:Status-Status}\\n", *packages, *newer]
    told = subprocess.run(ask, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout.decode()
    there = {line.split()[0] for line in told.splitlines() if line.endswith(" installed")}
    return [name for name, other in zip(packages, newer) if name not in there and other not in there]


def need_venv_module() -> None:
    """See to it that this Python can make a virtual environment. Raises SetUpError where it cannot."""
    if find_spec("venv") and find_spec("ensurepip"):
        return
    say("This Python cannot make virtual environments: its modules venv and ensurepip are a package of their own.")
    version = f"python3.{sys.version_info[1]}"
    package = "python3-venv" if Path("/usr/bin/python3").resolve().name == version else f"{version}-venv"
    need_system_packages((package,))
    if not shutil.which("apt-get"):
        raise SetUpError(
            "Install the modules venv and ensurepip with your system's package manager, then say this again."
        )


# --- the virtual environment -----------------------------------------------------------------------------------------


def need_environment() -> None:
    """Make .venv unless a whole one of this Python is there. Raises SetUpError."""
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if read_stamp()[:1] == [ascii(str(ROOT))] and version_of([str(PYTHON)]) == here:
        return
    need_venv_module()
    heading(
        f"A virtual environment of Python {here} in .venv"
        + (", in place of one that is of another Python or not whole" if VENV.exists() else "")
    )
    try:
        if VENV.exists():
            shutil.rmtree(VENV)
        VENV.mkdir()
    except OSError as fault:
        raise SetUpError(
            f"{VENV} cannot be made anew ({fault}). Close what uses it, remove it, then say this again."
        ) from None
    own = getattr(sys, "_base_executable", None) or sys.executable  # this may be the Python of the .venv itself
    if subprocess.call([own, "-m", "venv", str(VENV)]) != 0:
        raise SetUpError("The virtual environment could not be made: see above.")
    write_stamp([])


def set_up(requirements: str) -> None:
    """Have everything installed that a file of requirements pins, and Polyvocal itself. Raises SetUpError."""
    need_system_packages(SYSTEM_PACKAGES)
    need_environment()
    if fingerprint(requirements) in read_stamp():
        return
    STAMP.unlink()  # what is interrupted from here on is not whole
    heading(f"The libraries that {requirements} pins")
    install("--require-hashes", "--only-binary", ":all:", "-r", requirements)
    heading("Polyvocal itself")
    install("--no-deps", "--no-build-isolation", "-e", ".")
    write_stamp([fingerprint(held) for held in HOLDS[requirements]])


def install(*arguments: str) -> None:
    """Let pip install something, counting what it collects. Raises SetUpError, with pip's last words."""
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *arguments]
    said: list[str] = []
    collected = 0
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=ROOT, env=own_environ()
    ) as pip:
        assert pip.stdout is not None
        for raw in pip.stdout:
            said.append(raw.decode("utf-8", "replace").rstrip())
            if said[-1].startswith(("Collecting ", "Processing ")):  # the latter where a wheel lies on this machine
                collected += 1
                what = said[-1].split(" (from ")[0].split(maxsplit=1)[1]
                say(f"    {collected:3} {Path(what).name}")
            elif said[-1].startswith("Installing "):
                say("    " + said[-1].split(":")[0] + " ...")
    if pip.returncode == 0:
        return
    say("\n".join(["", *said[-15:]]))
    if OFFLINE.search("\n".join(said)):
        raise SetUpError(
            "The libraries could not be fetched: is there a network, and a proxy to be told of? Then say this again."
        )
    raise SetUpError("pip could not install everything: its last words are above.")


def own_environ() -> dict[str, str]:
    """The environment for the programs in .venv: without what leads a Python to other libraries."""
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME", "PIP_USER")}


def fingerprint(requirements: str) -> str:
    """Stands for all that an installation depends on."""
    whole = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for name in (requirements, "pyproject.toml"):
        whole.update((ROOT / name).read_bytes())
    return whole.hexdigest()


def read_stamp() -> list[str]:
    """What is known of .venv: its place, then fingerprints of what is installed. Empty unless it is whole."""
    try:
        return STAMP.read_text("ascii").splitlines()
    except (OSError, ValueError):
        return []


def write_stamp(installed: list[str]) -> None:
    """Note that .venv is whole."""
    STAMP.write_text("\n".join([ascii(str(ROOT)), *installed]), "ascii")


# --- the verbs -------------------------------------------------------------------------------------------------------


def call(*arguments: str, program: str = "python") -> int:
    """Run a program of .venv in the checkout, and give its exit status (of a killed one as a shell does)."""
    status = subprocess.call([str(BIN / (program + SUFFIX)), *arguments], cwd=ROOT, env=own_environ())
    return status if status >= 0 else 128 - status


def run(_rest: list[str]) -> int:
    """Open the window on a fresh copy of the sample project; where there is no display, play the tour through."""
    set_up(TO_RUN)
    reason = answer_of("-m", "polyvocal.gui.display")
    if reason:
        heading(f"No window: {reason}. Instead the tour, written to the folder tour")
        return call("tour", str(ROOT / "tour"), program="polyvocal")
    sample = ROOT / "tour" / "sample.polyvocal"
    heading(f"The window, on a fresh copy of the sample project: {sample}")
    sample.parent.mkdir(exist_ok=True)
    try:
        sample.unlink()
    except FileNotFoundError:
        pass
    except OSError as fault:
        raise SetUpError(
            f"{sample} is in use ({fault}): close the window that has it open, then say this again."
        ) from None
    return call("sample", str(sample), program="polyvocal") or call(str(sample), program="polyvocal")


def answer_of(*arguments: str) -> str:
    """What the Python of .venv prints."""
    command = [str(PYTHON), *arguments]
    told = subprocess.run(command, stdout=subprocess.PIPE, cwd=ROOT, env=own_environ(), check=True)
    return told.stdout.decode("utf-8", "replace").strip()


def test(rest: list[str]) -> int:
    """Run every check, or some tests only."""
    set_up(TO_TEST)
    if rest:
        return call("-m", "pytest", *map(as_seen_from_root, rest))
    outcomes = []
    for title, command in CHECKS:
        heading(title)
        began = time.monotonic()
        outcomes.append((title, call(*command), time.monotonic() - began))
    heading("Summary")
    for title, status, seconds in outcomes:
        say(f"    {'ok    ' if status == 0 else 'FAILED'} {seconds:6.1f} s  {title}")
    return next((status for _, status, _ in outcomes if status), 0)


def as_seen_from_root(argument: str) -> str:
    """An argument of pytest; a path that was meant from the folder in which this was called is made whole."""
    path, colons, name = argument.partition("::")
    return f"{Path(path).resolve()}{colons}{name}" if Path(path).exists() else argument


def bench(rest: list[str]) -> int:
    """Measure."""
    set_up(TO_TEST)
    heading("Bench")
    return call("-m", "tests.bench", *rest)


def lock(rest: list[str]) -> int:
    """Pin the libraries, with hashes and without naming any host; what follows is handed to uv."""
    need_system_packages(SYSTEM_PACKAGES)
    need_environment()
    heading("uv, which resolves the versions")
    install("uv")
    plain = ("--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header", "--universal", "--quiet")
    for target, extras in ((TO_RUN, ("build",)), (TO_TEST, ("build", "dev"))):
        heading(target)
        chosen = [word for extra in extras for word in ("--extra", extra)]
        oldest = ("--python-version", "{}.{}".format(*min(SUITABLE)))
        status = call("-m", "uv", "pip", "compile", "pyproject.toml", *chosen, *oldest, *plain, "-o", target, *rest)
        if status != 0:
            return status
    return 0


VERBS = {"run": run, "test": test, "bench": bench, "lock": lock}


def main(arguments: list[str]) -> int:
    """Do what the command line says, and give the exit status."""
    verb = VERBS.get(arguments[0]) if arguments else None
    if verb is None:
        asked = arguments[:1] in (["help"], ["--help"], ["-h"])
        print(__doc__, file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    try:
        other = suitable_python()
        if other is not None:
            status = subprocess.call([*other, str(Path(__file__).resolve()), *arguments])
        else:
            status = verb(arguments[1:])
    except SetUpError as fault:
        sys.stdout.flush()
        print(f"\n{fault}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return status


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
