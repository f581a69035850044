"""Every file that was made to do harm, under every ending that a reader knows: a text or a clear word, and no harm.

Each file is read in a process of its own, in which an audit hook tells what is opened for writing, connected to or
started. Ten seconds a reading are the limit, and 300 MiB for all of them.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from polyvocal.exchange.readers import readable_endings
from polyvocal.exchange.readers.limits import MIB
from tests.conftest import ROOT

_HOSTILE = ROOT.parent / "shared" / "data" / "hostile"
_ENDINGS = (*readable_endings(), ".zip")
_SECONDS = 10
_MEMORY = 300 * MIB

_READS = """
import json, os, sys, time
from pathlib import Path

done = []
HARM = {"socket.connect", "socket.getaddrinfo", "socket.bind", "os.system", "os.exec", "os.mkdir", "os.rename",
        "os.remove", "os.rmdir", "os.link", "os.symlink", "shutil.copyfile", "urllib.Request"}

def heed(event, what):
    if event in HARM:
        done.append([event, str(what)])
    elif event == "open" and isinstance(what[0], str) and set(what[1] or "") & set("wax+"):  # a number is a pipe
        done.append([event, str(what[0])])
    elif event == "subprocess.Popen" and what[0] != sys.executable:
        done.append([event, str(what[0])])

import psutil
from polyvocal.domain.errors import EnvironmentFault, UserError
from polyvocal.exchange.about.rows import accounts_in
from polyvocal.exchange.readers import gather

sys.dont_write_bytecode = True
sys.addaudithook(heed)
for name in sys.argv[1:]:
    began = time.perf_counter()
    gathered = gather([Path(name)])
    told = [one.sentence or one.why for one in gathered.left_out]
    for given in gathered.files:
        try:
            told.append("read: " + "".join(one.incoming.text for one in accounts_in(given).accounts))
        except UserError as fault:
            told.append(str(fault))
    print(json.dumps([name, told, time.perf_counter() - began]), flush=True)
try:
    import resource
except ImportError:
    most = psutil.Process().memory_info().peak_wset
else:  # on Linux a process inherits in ru_maxrss the most of the one that started it
    unit = 1 if sys.platform == "darwin" else 1024
    most = unit * max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    status = Path("/proc/self/status")
    if status.exists():
        own = next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        most = 1024 * max(int(own), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
print(json.dumps([most, done]))
"""


def hostile_files() -> list[Path]:
    return sorted(path for path in _HOSTILE.rglob("*") if path.is_file()) if _HOSTILE.is_dir() else []


@pytest.mark.skipif(not hostile_files(), reason="the hostile files (../shared/data/hostile) are not on this machine")
@pytest.mark.parametrize("path", hostile_files() or [Path()], ids=lambda path: path.name)
def test_hostile_file_does_no_harm_under_any_ending(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    names = [folder / f"hostile{ending}" for ending in _ENDINGS]
    for name in names:
        name.write_bytes(path.read_bytes())
    before = sorted(tmp_path.rglob("*"))
    process = subprocess.run(
        [sys.executable, "-c", _READS, *map(str, names)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=tmp_path,
        timeout=_SECONDS * len(names),
        check=False,
    )
    assert process.returncode == 0, process.stderr
    *readings, (most, done) = map(json.loads, process.stdout.splitlines())
    assert [name for name, _, _ in readings] == [str(name) for name in names]
    for name, told, _ in readings:
        assert all(told), name
        assert "root:x:0" not in "".join(told)  # no entity was expanded to a file of the system
    assert most < _MEMORY
    assert not done
    assert sorted(tmp_path.rglob("*")) == before
    for name, told, seconds in readings:
        print(
            f"{path.name} as {Path(name).suffix}: {seconds:.2f} s: {'; '.join(one[:120] for one in told) or 'nothing'}"
        )
