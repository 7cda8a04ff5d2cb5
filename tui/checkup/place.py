"""Where the record stands, or is to stand: rights, space, kind of disk; and the state folder likewise."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from engine.text import Text, clean
from tui import machine
from tui.checkup.line import Line, ill, warning, well

MEGABYTE = 1024 * 1024
SPACE_LEAST, SPACE_WANTED = MEGABYTE, 100 * MEGABYTE

# SQLite's log needs memory that all programs on the file share, and locks that hold.
NETWORK = frozenset(
    "nfs nfs4 cifs smb3 smbfs afpfs webdav davfs 9p afs ceph lustre beegfs gpfs glusterfs coda ocfs2 gfs2"
    " ncpfs vboxsf vmhgfs prl_fs fuse.sshfs fuse.rclone fuse.glusterfs fuse.ceph fuse.s3fs fuse.davfs2"
    " fuse.vmhgfs-fuse fuse.gvfsd-fuse fuse.juicefs".split()
)
MEMORY = frozenset({"tmpfs", "ramfs", "devtmpfs"})
# What folders begin with that a program copies elsewhere behind our back, and what it leaves in them.
CLOUD = (
    "dropbox", "onedrive", "google drive", "googledrive", "icloud", "com~apple~clouddocs", "cloudstorage",
    "nextcloud", "owncloud", "nutstore", "坚果云", "baidusyncdisk", "baidunetdisk", "百度", "seafile",
    "pcloud",
)  # fmt: skip
CLOUD_LEAVES = (".stfolder", ".dropbox", ".nextcloudsync.log", ".owncloudsync.log")

_RULES = {
    "named": Text("由 --store 指定", "named by --store"),
    "variable": Text("由 MUSTER_STORE 指定", "named by MUSTER_STORE"),
    "here": Text("当前文件夹里的 muster.db", "muster.db in the current folder"),
    "default": Text("默认位置", "the default place"),
}


def lines(path: Path, rule: str) -> Iterator[Line]:
    """All about the place of the record; `path` is absolute."""
    yield rights(path, rule)
    if _shut_above(path) is not None:
        return
    standing = nearest(path.parent)
    space = os.statvfs(standing)
    nodes = space.f_favail if space.f_files else 1
    yield space_line(str(standing), space.f_bavail * space.f_frsize, nodes)
    yield from disk_lines(path)


def rights(path: Path, rule: str) -> Line:
    """Whether the record can be read and written, or made."""
    facts = {"path": clean(str(path)), "rule": _RULES[rule]}
    shut = _shut_above(path)
    if shut is not None:
        return ill("store", "store-unreadable", **facts, **_whose(shut))
    if path.is_symlink() and not _is_there(path):
        return ill("store", "store-dangling", **facts)
    if _is_folder(path):
        return ill("store", "store-is-folder", **facts)
    if path.is_file():
        return _of_the_file(path, facts)
    if _is_there(path):
        return ill("store", "store-no-file", **facts)
    return _of_the_folder(path.parent, rule, facts)


def _shut_above(path: Path) -> Path | None:
    """The first folder on the way to `path` that may not be entered."""
    return next(
        (one for one in reversed(path.parents) if _is_folder(one) and not os.access(one, os.X_OK)), None
    )


def _of_the_file(path: Path, facts: dict[str, object]) -> Line:
    if not os.access(path, os.R_OK):
        return ill("store", "store-unreadable", **facts, **_whose(path))
    beside = [path.with_name(path.name + tail) for tail in (".lock", "-wal", "-shm")]
    shut = next((one for one in (path, *beside) if _is_there(one) and not os.access(one, os.W_OK)), None)
    if shut is None and not os.access(path.parent, os.W_OK):
        shut = path.parent
    if shut is None:
        return well("store", "store", **facts)
    if _is_read_only(shut):
        return ill("store", "store-disk-read-only", **facts)
    return ill("store", "store-read-only", **facts, **_whose(shut))


def _of_the_folder(folder: Path, rule: str, facts: dict[str, object]) -> Line:
    """Of a record that is not there yet. Only the default folder is made."""
    standing = nearest(folder)
    if not os.access(standing, os.W_OK | os.X_OK):
        if _is_read_only(standing):
            return ill("store", "store-disk-read-only", **facts)
        return ill("store", "store-unmakeable", **facts, **_whose(standing))
    if standing != folder and rule != "default":
        return ill("store", "store-no-folder", folder=clean(str(folder)), command=_quoted(folder), **facts)
    return well("store", "store-new", **facts)


def _whose(path: Path) -> dict[str, object]:
    """What is shut, and for whom; uids have no names on a machine that lacks the entry."""
    return {"what": clean(str(path)), "uid": os.geteuid(), "command": _quoted(path)}


def _quoted(path: Path) -> str:
    return clean(shlex.quote(str(path)))


def _is_read_only(path: Path) -> bool:
    return bool(os.statvfs(path).f_flag & os.ST_RDONLY)


# pathlib may raise where it may not look; here, what cannot be seen is not there.


def _is_there(path: Path) -> bool:
    return os.access(path, os.F_OK)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def is_readable(path: Path) -> bool:
    """Whether there is a file that may be read."""
    return os.access(path, os.R_OK) and path.is_file()


def nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next(one for one in (folder, *folder.parents) if _is_folder(one))


def space_line(folder: str, free: int, nodes: int) -> Line:
    """`free` bytes and file `nodes` are left on the disk of `folder`."""
    facts = {"folder": clean(folder), "free": free // MEGABYTE, "wanted": SPACE_WANTED // MEGABYTE}
    if free < SPACE_LEAST or nodes < 1:
        return ill("space", "space-none", **facts)
    if free < SPACE_WANTED:
        return warning("space", "space-little", **facts)
    return well("space", "space", **facts)


def disk_lines(path: Path) -> Iterator[Line]:
    """Whether the disk keeps what it is told, and nobody copies the file in the middle of a sentence."""
    kind = kind_of_disk(nearest(path.parent).resolve(), mounts())
    cloud = cloud_above(path)
    facts = {"path": clean(str(path)), "kind": clean(kind or "?")}
    if path.is_symlink() or (path.is_file() and path.stat().st_nlink > 1):
        yield warning("disk", "disk-linked", **facts)
    elif cloud is not None:
        yield warning("disk", "disk-cloud", cloud=clean(cloud), **facts)
    elif kind in NETWORK:
        yield warning("disk", "disk-network", **facts)
    elif kind in MEMORY:
        yield warning("disk", "disk-memory", **facts)
    else:
        yield well("disk", "disk", **facts)


def mounts() -> list[tuple[str, str]]:
    """Every mounted disk: where it begins, and of what kind it is."""
    try:
        table = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")
    except OSError:
        told = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False).stdout
        return re.findall(r" on (/.*) \((\w+)", told)  # macOS
    return mounts_in(table)


def mounts_in(table: str) -> list[tuple[str, str]]:
    """What /proc/self/mountinfo says; a space in a name is written as an octal number."""
    found = []
    for line in table.splitlines():
        left, _, right = line.partition(" - ")
        name = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), left.split()[4])
        found.append((name, right.split()[0]))
    return found


def kind_of_disk(folder: Path, mounted: Sequence[tuple[str, str]]) -> str | None:
    """The kind of the disk that holds `folder`: of two mounted at one place the later one."""
    fitting = [
        (len(at), number, kind) for number, (at, kind) in enumerate(mounted) if folder.is_relative_to(at)
    ]
    return max(fitting)[2] if fitting else None


def cloud_above(path: Path) -> str | None:
    """The folder above `path` that a program keeps copying elsewhere, None when there is none."""
    for folder in path.parents:
        if folder.name.lower().startswith(CLOUD):
            return str(folder)
        if any(os.path.lexists(folder / leaf) for leaf in CLOUD_LEAVES):
            return str(folder)
    return None


def state_lines() -> Iterator[Line]:
    """Whether key and anchor can be kept."""
    folder = machine.state_folder().absolute()
    standing = nearest(folder)
    facts = {"path": clean(str(folder)), **_whose(standing)}
    if os.path.lexists(folder) and standing != folder:
        yield ill("state", "state-no-folder", **facts)
    elif not os.access(standing, os.R_OK | os.W_OK | os.X_OK):
        yield ill("state", "state-shut", **facts)
    else:
        yield well("state", "state" if standing == folder else "state-new", **facts)
