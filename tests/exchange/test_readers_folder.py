"""From files, folders and .zip files to what is read of them."""

import os
import stat
import struct
import zlib
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyvocal.domain.errors import UserError
from polyvocal.exchange.readers import STDIN, archive, folder, gather, limits, read_source
from polyvocal.exchange.readers.folder import Gathered, Why, natural_order
from polyvocal.exchange.readers.given import GivenFile


def write(path: Path, content: bytes = b"Rain.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def names(gathered: Gathered) -> list[str]:
    return [one.shown for one in gathered.files]


def left_out(gathered: Gathered) -> dict[str, Why]:
    return {one.shown: one.why for one in gathered.left_out}


def packed(path: Path, **files: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return path


# --- folders --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "title"), [("\u200b\u200b.txt", "\u200b\u200b.txt"), ("n" * 5000 + ".txt", "n" * 300)]
)
def test_name_of_a_file_that_can_be_no_title_gives_one_all_the_same(name: str, title: str) -> None:
    assert read_source(GivenFile(name, "", lambda _most: b"Rain.")).title == title


def test_folder_gives_its_files_with_their_folders_in_natural_order(tmp_path: Path) -> None:
    study = tmp_path / "study"
    for name in ("note 10.txt", "Note 2.md", "before/ines 14 May.txt", "before/train/a.txt", "after.txt"):
        write(study / name)
    gathered = gather([study])
    assert names(gathered) == [
        "study/after.txt",
        "study/before/ines 14 May.txt",
        "study/before/train/a.txt",
        "study/Note 2.md",
        "study/note 10.txt",
    ]
    assert gathered.files[0].path == study.resolve() / "after.txt"
    assert not gathered.left_out


def test_given_files_stay_in_their_order_and_are_taken_once(tmp_path: Path) -> None:
    b, a = write(tmp_path / "b.txt"), write(tmp_path / "a.txt")
    assert names(gather([b, a, STDIN, tmp_path / "." / "a.txt", tmp_path])) == ["b.txt", "a.txt", "standard input"]


def test_folder_without_a_name_is_called_as_it_is_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "before" / "note.txt")
    monkeypatch.chdir(tmp_path / "before")
    assert names(gather([Path()])) == ["before/note.txt"]


@pytest.mark.parametrize(
    "name",
    [".DS_Store", "Thumbs.db", "~$note.docx", ".~lock.note.odt#", "desktop.ini", ".git/note.txt", "__MACOSX/note.txt"],
)
def test_hidden_and_system_files_are_left_out_and_told(tmp_path: Path, name: str) -> None:
    write(tmp_path / "study" / name)
    gathered = gather([tmp_path / "study"])
    assert not gathered.files
    assert left_out(gathered) == {f"study/{name.partition('/')[0]}": Why.HIDDEN}


def test_unknown_kind_in_a_folder_is_listed_and_refuses_nothing(tmp_path: Path) -> None:
    write(tmp_path / "study" / "photo.xyz")
    write(tmp_path / "study" / "note.TXT")
    gathered = gather([tmp_path / "study"])
    assert names(gathered) == ["study/note.TXT"]
    assert left_out(gathered) == {"study/photo.xyz": Why.UNKNOWN}


def test_what_is_given_itself_is_read_and_says_itself_what_is_wrong(tmp_path: Path) -> None:
    gathered = gather([write(tmp_path / "photo.xyz"), tmp_path / "gone.txt"])
    for given_file, said in zip(gathered.files, ("are not known", "there is no file"), strict=True):
        with pytest.raises(UserError, match=said):
            read_source(given_file)


def test_link_is_not_followed_and_a_loop_ends(tmp_path: Path) -> None:
    write(tmp_path / "secret" / "other.txt")
    write(tmp_path / "study" / "note.txt")
    try:
        (tmp_path / "study" / "loop").symlink_to(tmp_path / "study", target_is_directory=True)
        (tmp_path / "study" / "out").symlink_to(tmp_path / "secret", target_is_directory=True)
        (tmp_path / "study" / "out.txt").symlink_to(tmp_path / "secret" / "other.txt")
    except OSError:
        pytest.skip("this system lets nobody make links")
    gathered = gather([tmp_path / "study"])
    assert names(gathered) == ["study/note.txt"]
    assert left_out(gathered) == dict.fromkeys(("study/loop", "study/out", "study/out.txt"), Why.LINK)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert left_out(gather([tmp_path])) == {f"{tmp_path.name}/pipe.txt": Why.NO_FILE}


def test_folder_that_may_not_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def shut(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", shut)
    (told,) = gather([tmp_path]).left_out
    assert told.why is Why.UNREADABLE
    assert "Permission denied" in told.sentence


@pytest.mark.parametrize(
    ("limit", "said"), [("FOLDER_ENTRIES", "looked through at once"), ("FOLDER_FILES", "taken at once")]
)
def test_more_than_the_limits_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, said: str
) -> None:
    monkeypatch.setattr(folder, limit, 2)
    for number in range(3):
        write(tmp_path / f"{number}.txt")
    with pytest.raises(UserError, match=said):
        gather([tmp_path])


def test_deep_folder_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "FOLDER_DEPTH", 2)
    write(tmp_path / "a" / "b" / "c" / "note.txt")
    assert left_out(gather([tmp_path / "a"])) == {"a/b/c": Why.TOO_DEEP}


def test_search_ends_when_it_is_cancelled(tmp_path: Path) -> None:
    def check() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        gather([tmp_path], check=check)


# --- .zip -----------------------------------------------------------------------------------------------------------


def test_zip_is_read_file_by_file_and_nothing_is_written(tmp_path: Path) -> None:
    path = packed(tmp_path / "in" / "notes.zip", **{"before/note 10.txt": b"ten", "before/note 2.txt": b"two"})
    gathered = gather([path])
    assert names(gathered) == ["notes.zip/before/note 2.txt", "notes.zip/before/note 10.txt"]
    incoming = read_source(gathered.files[0])
    assert (incoming.text, incoming.title, incoming.file_name) == ("two", "note 2", "note 2.txt")
    assert [one.name for one in (tmp_path / "in").iterdir()] == ["notes.zip"]


def test_zip_within_a_folder_is_opened_and_one_within_a_zip_is_not(tmp_path: Path) -> None:
    inner = BytesIO()
    with ZipFile(inner, "w") as file:
        file.writestr("note.txt", b"Rain.")
    packed(tmp_path / "study" / "a.zip", **{"note.txt": b"Rain.", "inner.zip": inner.getvalue()})
    gathered = gather([tmp_path / "study"])
    assert names(gathered) == ["study/a.zip/note.txt"]
    assert left_out(gathered) == {"study/a.zip/inner.zip": Why.ARCHIVE_IN_ARCHIVE}


@pytest.mark.parametrize("name", ["../../etc/note.txt", "/etc/note.txt", "..\\..\\etc\\note.txt", "./etc//note.txt"])
def test_name_that_leads_elsewhere_is_only_a_name(tmp_path: Path, name: str) -> None:
    assert names(gather([packed(tmp_path / "a.zip", **{name: b"Rain."})])) == ["a.zip/etc/note.txt"]


def second_name(of: bytes) -> bytes:
    return struct.pack("<HHBI", 0x7075, 14, 1, zlib.crc32(of)) + "café.txt".encode()


@pytest.mark.parametrize(
    ("raw", "flag", "extra", "shown"),
    [
        ("café.txt".encode("cp437"), 0, b"", "café.txt"),
        ("café.txt".encode(), 0, b"", "café.txt"),
        ("cafe\u0301.txt".encode(), 0x800, b"", "café.txt"),
        (b"caf_.txt", 0, second_name(b"caf_.txt"), "café.txt"),
        (b"caf_.txt", 0, second_name(b"other.txt"), "caf_.txt"),
    ],
    ids=["cp437", "UTF-8 that is not said", "decomposed", "second name", "second name of another"],
)
def test_name_within_a_zip_is_read_as_it_was_meant(
    tmp_path: Path, raw: bytes, flag: int, extra: bytes, shown: str
) -> None:
    path = tmp_path / "a.zip"
    with ZipFile(path, "w") as file:
        info = ZipInfo("x" * len(raw))
        info.extra = extra
        file.writestr(info, b"Rain.")
    content = bytearray(path.read_bytes().replace(b"x" * len(raw), raw))
    for flags_at in (6, content.rfind(b"PK\x01\x02") + 8):
        struct.pack_into("<H", content, flags_at, flag)
    path.write_bytes(content)
    (found,) = gather([path]).files
    assert (found.name, found.content(100)) == (shown, b"Rain.")


def test_locked_file_in_a_zip_is_told(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", **{"note.txt": b"Rain."})
    content = bytearray(path.read_bytes())
    for flags_at in (6, content.rfind(b"PK\x01\x02") + 8):
        struct.pack_into("<H", content, flags_at, 1)
    path.write_bytes(content)
    assert left_out(gather([path])) == {"a.zip/note.txt": Why.LOCKED}


def test_link_in_a_zip_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with ZipFile(path, "w") as file:
        info = ZipInfo("note.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(info, b"/etc/passwd")
    assert left_out(gather([path])) == {"a.zip/note.txt": Why.LINK}


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x05\x06"], ids=["empty", "text", "cut off"])
def test_damaged_zip_is_told_and_the_others_are_read(tmp_path: Path, content: bytes) -> None:
    write(tmp_path / "study" / "a.zip", content)
    write(tmp_path / "study" / "note.txt")
    gathered = gather([tmp_path / "study"])
    assert names(gathered) == ["study/note.txt"]
    assert left_out(gathered) == {"study/a.zip": Why.UNREADABLE}
    assert "no list of the files in it" in gathered.left_out[0].sentence


def test_damaged_file_in_a_zip_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with ZipFile(path, "w") as file:
        file.writestr("note.txt", b"Rain on the roof.")
    path.write_bytes(path.read_bytes().replace(b"roof", b"door"))
    with pytest.raises(UserError, match=r"a\.zip/note\.txt cannot be unpacked"):
        read_source(gather([path]).files[0])


def test_file_packed_in_a_way_that_cannot_be_stopped_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with ZipFile(path, "w", ZIP_BZIP2) as file:
        file.writestr("note.txt", b"Rain.")
    with pytest.raises(UserError, match="packed in an unusual way"):
        read_source(gather([path]).files[0])


def test_bomb_is_refused_while_it_is_unpacked(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", **{"note.txt": bytes(40 * limits.MIB)})
    with pytest.raises(UserError, match="grows more than 200 times"):
        read_source(gather([path]).files[0])


def test_file_in_a_zip_that_is_larger_than_is_read_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", **{"note.txt": b"Rain."})
    with pytest.raises(UserError, match=r"a\.zip/note\.txt is larger"):
        gather([path]).files[0].content(4)


@pytest.mark.parametrize(
    ("limit", "most", "said"),
    [
        ("ARCHIVE_ENTRIES", 1, "holds 2 files"),
        ("ARCHIVE_BYTES", 9, "unpacked, it holds more than"),
        ("DIRECTORY_BYTES", 20, "its list of files is longer"),
    ],
)
def test_zip_beyond_the_limits_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int, said: str
) -> None:
    monkeypatch.setattr(archive, limit, most)
    path = packed(tmp_path / "a.zip", **{"a.txt": b"Rain.", "b.txt": b"Rain."})
    (told,) = gather([path]).left_out
    assert told.why is Why.UNREADABLE
    assert said in told.sentence


def test_too_many_zips_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "ARCHIVES", 1)
    with pytest.raises(UserError, match=r"more than 1 \.zip files"):
        gather([packed(tmp_path / f"{name}.zip") for name in "ab"])


@pytest.mark.parametrize(
    ("name", "shown"),
    [("zipdir.zip", []), ("zipdir_backslash.zip", []), ("zip_cp437_header.zip", ["with_æoå", "without"])],
)
def test_real_zip_is_looked_through(shared_data: Path, name: str, shown: list[str]) -> None:
    gathered = gather([shared_data / "hostile" / "cpython" / name])
    assert [one.stem.removeprefix("filename_") for one in map(Path, names(gathered))] == shown


@given(st.text(), st.text())
def test_natural_order_tells_any_two_names_apart(one: str, other: str) -> None:
    assert (natural_order(one) == natural_order(other)) is (one == other)


def test_natural_order_looks_at_what_numbers_are_worth() -> None:
    in_order = ["A", "a", "a1", "a02", "a2", "a10", "a10b", "a" + "9" * 5000, "b"]
    assert sorted(set(in_order), key=natural_order) == in_order
