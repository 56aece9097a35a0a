"""Whether a port can be listened on, and who listens on it already."""

import errno
import socket
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

_LISTENS, _LOOK = "0A", 0.2  # a state in the kernel's table of sockets; seconds between two looks
_LONG = 60  # characters of a process's command that are said
_REFUSED = {
    errno.EADDRNOTAVAIL: "这台机器没有地址 {host}：请核对 --host，只在本机使用写 127.0.0.1，供其他电脑访问写 0.0.0.0。",
    errno.EACCES: "没有权限使用端口 {port}：请用 --port 换一个 1024 以上的端口，由前面的 Nginx 转发。",
}


def fault(host: str, port: int, patience: float = 0) -> str:
    """Return why a port can't be listened on, "" where it can; who holds it may let go within the patience."""
    end = monotonic() + patience
    while said := _fault(host, port):
        if monotonic() >= end:
            return said
        sleep(_LOOK)
    return ""


def _fault(host: str, port: int) -> str:
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        if _answers(family, host, port):
            return _held(port)
        with socket.socket(
            family, kind, proto
        ) as tried:  # as the server does: what has just been closed is no matter
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            tried.bind(address)
    except socket.gaierror:
        return _REFUSED[errno.EADDRNOTAVAIL].format(host=host)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return _held(port)
        return _REFUSED.get(error.errno or 0, f"不能使用 {{host}}:{{port}}：{error.strerror}。").format(
            host=host, port=port
        )
    return ""


def _answers(family: int, host: str, port: int) -> bool:
    """Tell whether somebody listens already: two servers of one user would otherwise share the port, page by page."""
    own = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - what is asked for, not what is opened
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        tried.settimeout(1)
        return tried.connect_ex((own, port)) == 0


def _held(port: int) -> str:
    by = f"，占用它的是{found}" if (found := holder(port)) else ""
    return f"端口 {port} 已被占用{by}。请先停掉占用它的程序，或用 --port 换一个端口。"


def holder(port: int) -> str:
    """Return the process that listens on a port, "" where it can't be seen."""
    sockets = {f"socket:[{number}]" for table in ("tcp", "tcp6") for number in _listening(table, port)}
    for folder in Path("/proc").glob("[0-9]*"):
        if sockets & set(_open(folder)):
            said = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
            return f"进程 {folder.name}（{said[:_LONG]}）"
    return ""


def _listening(table: str, port: int) -> list[str]:
    listed = Path("/proc/net") / table
    rows = [line.split() for line in listed.read_text().splitlines()[1:]] if listed.exists() else []
    return [row[9] for row in rows if row[3] == _LISTENS and int(row[1].rpartition(":")[2], 16) == port]


def _open(folder: Path) -> list[str]:
    """Return what a process holds open; nothing of another user's, or of one that has just ended."""
    found = []
    with suppress(OSError):
        for one in (folder / "fd").iterdir():
            with suppress(OSError):
                found.append(str(one.readlink()))
    return found
