"""What kind of folder a project lies in: SQLite's WAL needs memory that is shared on one machine."""

from pathlib import Path

import psutil

_NETWORK = {
    "9p", "afpfs", "afs", "ceph", "cifs", "davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone", "fuse.sshfs",
    "nfs", "nfs4", "smb2", "smb3", "smbfs", "webdav",
}  # fmt: skip
_SYNCED = {
    "dropbox": "Dropbox", "google drive": "Google Drive", "googledrive": "Google Drive", "my drive": "Google Drive",
    "icloud drive": "iCloud Drive", "mobile documents": "iCloud Drive", "nextcloud": "Nextcloud",
    "onedrive": "OneDrive", "owncloud": "ownCloud", "pcloud": "pCloud", "pclouddrive": "pCloud", "seafile": "Seafile",
}  # fmt: skip
_MARKERS = {".stfolder": "Syncthing", ".dropbox": "Dropbox", ".sync": "Resilio Sync", ".owncloudsync.log": "Nextcloud"}


def shared_by(path: Path) -> str | None:
    """What shares the folder of a file with other machines ("Dropbox", "a network folder (nfs4)"), or None."""
    folder = path.absolute().parent
    for part in folder.parts:
        name = part.casefold()
        for mark, service in _SYNCED.items():
            if name == mark or name.startswith((mark + " ", mark + "-", mark + " (")):
                return service
    for place in (folder, *folder.parents):
        for mark, service in _MARKERS.items():
            if (place / mark).exists():
                return service
    return _network(folder)


def _network(folder: Path) -> str | None:
    if str(folder).startswith("\\\\"):
        return "a network folder"
    try:
        mounts = psutil.disk_partitions(all=True)
    except OSError:
        return None
    home = max(
        (mount for mount in mounts if folder.is_relative_to(mount.mountpoint)),
        key=lambda mount: len(mount.mountpoint),
        default=None,
    )
    if home is not None and (home.fstype.casefold() in _NETWORK or "remote" in home.opts.split(",")):
        return f"a network folder ({home.fstype or 'remote'})"
    return None
