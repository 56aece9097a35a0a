"""LibreOffice, an optional program of the system: found, started with nothing of the user's, bounded, and ended.

It never gets a name that a user chose, a macro is never run, no link is updated, and what it writes stays in a
temporary folder that goes with the call.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from jixiao.formats.guarded import lift
from jixiao.formats.intake import LIMITS

try:
    import resource
except ImportError:  # Windows: only time is bounded there
    resource = None  # type: ignore[assignment]

NAMES = ("soffice", "libreoffice")
PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)
OPTIONS = (
    "--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard",
)  # fmt: skip
FILTERS = {
    "docx": "docx:MS Word 2007 XML",
    "doc": "doc:MS Word 97",
    "xls": "xls:MS Excel 97",
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
}
NOWHERE = "http://127.0.0.1:9"
KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
APART = (
    "unshare",
    "--map-root-user",
    "--net",
    "--pid",
    "--fork",
    "--kill-child",
    "--",
)  # no network at all, and nothing left of it once it is struck, where a user may do that
DEATH_OF_PARENT = 1  # PR_SET_PDEATHSIG of Linux

SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
SETTINGS = (
    (SECURITY, "MacroSecurityLevel", "3"),
    (SECURITY, "DisableMacrosExecution", "true"),
    (SECURITY, "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),  # never
    ("/org.openoffice.Office.Writer/Content/Update", "Field", "false"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
)


def program() -> str | None:
    """Say where LibreOffice is, None where there is none."""
    for name in NAMES:
        found = shutil.which(name)
        if found is not None:
            return found
    return next((place for place in PLACES if Path(place).is_file()), None)


def converted(files: Sequence[bytes], *, suffix: str, to: str) -> tuple[bytes | None, ...]:
    """Convert files in one call.

    Args:
        files: whole files of one kind, looked at before: LibreOffice makes a document of any garbage.
        suffix: their kind, without the dot; a filter of LibreOffice is chosen by it and the content.
        to: the kind to make.

    Returns:
        for each file what became of it, None where nothing did: no LibreOffice, too late, not convertible.
    """
    found = program()
    if found is None:
        return (None,) * len(files)
    with TemporaryDirectory(prefix="jixiao-") as folder:
        room = Path(folder)
        source, target = room / "in", room / "out"
        source.mkdir()
        names = [f"{number}.{suffix}" for number in range(len(files))]
        for name, data in zip(names, files, strict=True):
            (source / name).write_bytes(data)
        _profile(room)
        arguments = (*OPTIONS, f"-env:UserInstallation={room.as_uri()}", "--convert-to", FILTERS.get(to, to))
        paths = [str(source / name) for name in names]
        seconds = LIMITS.office_seconds + len(files)
        _run((*_apart(), found, *arguments, "--outdir", str(target), *paths), room, seconds)
        return tuple(_made(target / f"{number}.{to}") for number in range(len(files)))


def _profile(room: Path) -> None:
    """Write the user profile in which nothing is run and nothing fetched."""
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in SETTINGS
    )
    (room / "user").mkdir()
    text = f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
    (room / "user" / "registrymodifications.xcu").write_text(text, "utf-8")


def _apart() -> tuple[str, ...]:
    """The words that start a program without a network, in a world of its own; none where that can't be done."""
    if shutil.which(APART[0]) is None:
        return ()
    with suppress(OSError, subprocess.TimeoutExpired):
        tried = subprocess.run((*APART, "true"), capture_output=True, check=False, timeout=5)  # noqa: S603 - as below
        return APART if tried.returncode == 0 else ()
    return ()


def _environment(room: Path) -> Mapping[str, str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "HTTP_PROXY", "HTTPS_PROXY"), NOWHERE)
    home = dict.fromkeys(("HOME", "TMPDIR", "TMP", "TEMP", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), str(room))
    return kept | proxies | home | {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}


def _run(command: Sequence[str], room: Path, seconds: int) -> None:
    """Run it to its end, or to ours; whatever it started ends with it."""
    apart = {"process_group": 0, "preexec_fn": _bounded} if os.name == "posix" else {}
    try:
        process = subprocess.Popen(  # type: ignore[call-overload] # noqa: S603 - found above, no shell, own file names
            command, cwd=room, env=_environment(room), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, **apart,
        )  # fmt: skip
    except OSError:
        return
    try:
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    finally:
        _strike(process)


def _strike(process: "subprocess.Popen[bytes]") -> None:
    """End the process and its group: a child may outlive it."""
    if hasattr(os, "killpg"):
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    with suppress(OSError):
        process.kill()
    process.wait()


def _bounded() -> None:
    """In the new process: our limits lifted, its own set. It ends with this one, or by itself where that can't be."""
    lift()
    _end_with_parent()
    if resource is not None:
        for kind, most in (
            (resource.RLIMIT_DATA, LIMITS.office_memory),
            (resource.RLIMIT_FSIZE, LIMITS.inflated_bytes),
            (resource.RLIMIT_CPU, LIMITS.office_seconds + 20),
            (resource.RLIMIT_CORE, 0),
        ):
            hard = resource.getrlimit(kind)[1]
            resource.setrlimit(kind, (most if hard < 0 else min(most, hard), hard))


def _end_with_parent() -> None:
    """Have the system strike it down when this process is struck down; elsewhere its own clock has to do."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(DEATH_OF_PARENT, signal.SIGKILL, 0, 0, 0)


def _made(path: Path) -> bytes | None:
    """What was written, unless nothing was or more than is let in."""
    with suppress(OSError):
        if 0 < path.stat().st_size <= LIMITS.file_bytes:
            return path.read_bytes()
    return None
