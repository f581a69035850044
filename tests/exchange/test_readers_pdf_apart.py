"""Reading a PDF in another process: what comes back from it, and how it ends."""

import io
import os
import pickle
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from polyvocal.domain.errors import BugError, EnvironmentFault, UserError
from polyvocal.domain.words import Fate
from polyvocal.exchange.readers.pdf import apart, read_pdf
from polyvocal.exchange.readers.pdf.document import read_pdf_here
from tests.exchange.pdf_documents import HELVETICA, Sheet, Words, pdf_of, stream, with_objects

NOTE = "<< /Type /Annot /Subtype /Text /Rect [60 690 80 710] /Contents (Who?) /T (Ines) >>"
SMALL = pdf_of(Sheet([Words(60, 700, "• Rain"), Words(60, 685, "• Coats")], notes=(NOTE,)), info="/Title (Day one)")


def multiplying_forms() -> bytes:
    """Two kilobytes that draw a word a hundred million times: each form draws the next one ten times."""
    form = "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /X {} 0 R >> /Font << /F0 5 0 R >> >>"
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 6 0 R "
        b"/Resources << /XObject << /X 7 0 R >> >> >>"
    )
    forms = [stream(b"/X Do " * 10, form.format(number + 1)) for number in range(7, 14)]
    last = stream(b"BT /F0 12 Tf (Rain) Tj ET", form.format(14))
    return with_objects(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
            b"<< >>",
            page,
            HELVETICA.encode(),
            stream(b"/X Do " * 10),
            *forms,
            last,
        ]
    )


def test_reading_comes_back_as_it_is() -> None:
    assert read_pdf(SMALL, "note.pdf") == read_pdf_here(SMALL, "note.pdf")


def test_members_of_enumerations_cross_by_their_values_in_every_python() -> None:
    written = io.BytesIO()
    apart._ByValue(written).dump(Fate.LEFT_OUT)
    assert b"getattr" not in written.getvalue()
    assert apart._Plain(io.BytesIO(written.getvalue())).load() is Fate.LEFT_OUT


def test_refusal_comes_back_in_its_words() -> None:
    with pytest.raises(UserError, match=r"note\.pdf is no PDF, or is damaged"):
        read_pdf(b"no pdf", "note.pdf")


@pytest.mark.parametrize(
    ("limit", "most", "said"), [("PDF_SECONDS", 0, "takes too long"), ("PDF_MEMORY", 1, "of memory")]
)
def test_process_that_takes_too_much_is_ended(
    monkeypatch: pytest.MonkeyPatch, limit: str, most: int, said: str
) -> None:
    monkeypatch.setattr(apart, limit, most)
    with pytest.raises(UserError, match=said):
        read_pdf(pdf_of(*[[Words(60, 700, "Rain")]] * 300), "note.pdf")


def test_pdf_that_never_ends_is_ended() -> None:
    with pytest.raises(UserError, match=r"note\.pdf was not read: it (takes longer|needs more)"):
        read_pdf(multiplying_forms(), "note.pdf")


def test_process_that_cannot_be_started_is_a_fault_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/there/is/no/python")
    with pytest.raises(EnvironmentFault, match="no process can be started"):
        read_pdf(SMALL, "note.pdf")


def test_process_that_breaks_off_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = tmp_path / "python"
    script.write_text("#!/bin/sh\nkill -SEGV $$\n")
    script.chmod(0o755)
    if os.name != "posix":
        pytest.skip("this system runs no shell scripts")
    monkeypatch.setattr(sys, "executable", str(script))
    with pytest.raises(UserError, match="reading it broke off"):
        read_pdf(SMALL, "note.pdf")


class Harm:
    """What a process that was taken over may send: something that is called when it is unpacked."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("echo harm",)


def test_nothing_but_a_reading_is_taken_from_the_process() -> None:
    with pytest.raises(BugError, match="holds a"):
        apart._understood(pickle.dumps(("read", Harm())), 0, "note.pdf")
    with pytest.raises(BugError, match="ValueError"):
        apart._understood(pickle.dumps(("failed", "ValueError at x.py:1")), 0, "note.pdf")


def test_process_ends_with_the_one_that_started_it(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(pdf_of(*[[Words(60, 700, "Rain")]] * 3000))
    reads = (
        "import sys; from pathlib import Path; from polyvocal.exchange.readers.pdf import apart\n"
        "apart.read_pdf(Path(sys.argv[1]).read_bytes(), 'long.pdf')"
    )
    with subprocess.Popen([sys.executable, "-c", reads, str(path)]) as parent:
        watched = psutil.Process(parent.pid)
        children: list[psutil.Process] = []
        while not children and parent.poll() is None:
            children = watched.children()
        parent.kill()
    assert children
    _, alive = psutil.wait_procs(children, timeout=60)
    assert not alive
