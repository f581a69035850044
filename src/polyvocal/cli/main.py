"""The door of the command line: which words mean what, and what comes of a fault."""

import os
import sys
import traceback
from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import polyvocal
from polyvocal.cli import output
from polyvocal.domain.errors import EnvironmentFault, UserError
from polyvocal.domain.text import shown

DONE, MENDABLE, USAGE, MACHINE, OURS, INTERRUPTED = 0, 1, 2, 3, 70, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status: 0 done, 1 the person can mend it, 2 usage, 3 the machine, 70 ours."""
    _open_streams()
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or (len(words) == 1 and "." in words[0] and _is_file(words[0])):
        return _window(words)  # which does not wait for what all commands are made of
    from polyvocal.cli.parser import parser_of_commands

    parser, names = parser_of_commands()
    if len(words) == 1 and words[0] not in names and _is_file(words[0]):
        return _window(words)
    if not words[0].startswith("-") and words[0] not in names:
        return _no_such_command(words, names)
    return _run(parser.parse_args(words))


def _window(words: Sequence[str]) -> int:
    return _run(Namespace(run="windowing:window", project=words[0] if words else None))


def _open_streams() -> None:
    """UTF-8 whatever the terminal says; where a stream is closed, what is written to it goes nowhere."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - to the end of the run
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _run(options: Namespace) -> int:
    """Run a command and give its status; whatever it raises becomes words for the person."""
    status = DONE
    try:
        status = _command(options.run)(options) or DONE
        sys.stdout.flush()
    except UserError as fault:
        status = MENDABLE
        output.say(f"polyvocal: {fault}")
    except EnvironmentFault as fault:
        status = MACHINE
        output.say(f"polyvocal: {fault}")
    except KeyboardInterrupt:
        status = INTERRUPTED
        output.say("polyvocal: stopped. What had begun may have been finished all the same: `polyvocal history` tells.")
    except BrokenPipeError:  # whoever read our output has seen enough
        _drop_output()
    except OSError as fault:
        status = MACHINE
        what = fault.filename or "standard output, or a file of the system"
        output.say(
            f"polyvocal: the machine refused {what}: {fault.strerror or type(fault).__name__}. "
            "What the command may have changed before that is kept: `polyvocal history` tells."
        )
        _drop_output()
    except Exception as fault:  # noqa: BLE001 - the last door: a fault of ours is told without anybody's words
        status = OURS
        output.say(*_report(fault))
    return status


def _command(path: str) -> Callable[[Namespace], int | None]:
    """Modules are imported only by the command that needs them: a terminal waits for nothing else."""
    module, name = path.split(":")
    function: Callable[[Namespace], int | None] = getattr(import_module(f"polyvocal.cli.{module}"), name)
    return function


def _drop_output() -> None:
    """What waits to be written can go nowhere; Python would try again at its end, and complain."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _no_such_command(words: list[str], names: frozenset[str]) -> int:
    from polyvocal.services.references import near_names

    if _is_file(words[0]):
        output.say(f"polyvocal: the command comes first: `polyvocal COMMAND {words[0]} ...`; see `polyvocal --help`")
    else:
        near = near_names(words[0], sorted(names))
        output.say(f"polyvocal: there is no command {shown(words[0])}{near} See `polyvocal --help`.")
    return USAGE


def _is_file(name: str) -> bool:
    """Whether a word is the name of a file that is there."""
    with suppress(OSError, ValueError):  # a name that no file can have
        return Path(name).is_file()
    return False


def _report(fault: Exception) -> list[str]:
    """What a report of a fault may say: where, and of which kind; never a message, which could quote somebody."""
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [frame for frame in frames if "polyvocal" in frame.filename]
    places = [f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in ours[-8:]]
    head = (
        f"polyvocal: this is a fault of the program ({type(fault).__name__}), not yours. The project is as it was "
        "before the command. Please report these lines; nothing that anybody wrote is in them:"
    )
    return [
        head,
        f"  version {polyvocal.__version__}, Python {sys.version.split()[0]}, {sys.platform}",
        *places,
    ]
