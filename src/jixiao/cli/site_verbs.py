"""The commands of the web part: each starts a command of the site as a process of its own."""
# ruff: noqa: PLC0415 - as in verbs

from typing import Annotated, Literal

import typer

from jixiao.cli.helping import Verb
from jixiao.cli.many_verbs import app

__all__ = ["app"]  # with these commands too

Home = Annotated[
    str | None,
    typer.Option(
        "--home", metavar="DIR", help="数据放在这个文件夹（数据库、上传的文件、密钥）；不写则为 jixiao"
    ),
]
Host = Annotated[
    str, typer.Option(metavar="ADDRESS", help="在这个网址上等待；默认只有本机能访问，全网用 0.0.0.0")
]
Names = Annotated[
    list[str] | None, typer.Option("--name", metavar="NAME", help="别的机器用这个名字或地址来访问，可写多个")
]
Port = Annotated[int, typer.Option(metavar="N", min=1, max=65535, help="端口")]
County = Annotated[
    bool, typer.Option("--county", help="全县使用：有账号、角色和全年流程；不写则单机使用，不用登录")
]
Demo = Annotated[bool, typer.Option("--demo", help="放入一个虚构的县供试用，并按全县方式启动")]
Workers = Annotated[int, typer.Option(metavar="N", min=1, max=64, help="服务进程数")]


@app.command(cls=Verb, epilog="例：jixiao serve --home 绩效数据")
def serve(  # noqa: PLR0913 - one parameter an option
    home: Home = None,
    host: Host = "127.0.0.1",
    name: Names = None,
    port: Port = 8000,
    workers: Workers = 1,
    *,
    county: County = False,
    demo: Demo = False,
) -> int:
    """启动网页版，然后用浏览器打开。"""
    from jixiao.cli import serving

    words = [
        "serve",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        str(workers),
        *(["--demo"] if demo else []),
    ]
    settings = serving.placed(home)
    if county or demo:
        settings["JIXIAO_MODE"] = "county"
    if name:
        settings["JIXIAO_HOSTS"] = ",".join(["localhost", "127.0.0.1", "[::1]", *name])
    return serving.run(words, settings)


Zip = Annotated[str, typer.Argument(metavar="ZIP", help="jixiao backup 写出的 zip", show_default=False)]
To = Annotated[
    str, typer.Argument(metavar="OUT", help="写到这个 zip；写文件夹则按时间取名", show_default=False)
]
Log = Annotated[
    Literal["verify", "export", "trim"],
    typer.Argument(
        metavar="WHAT", help="verify 核验，export 另存，trim 另存并清理满 180 天的", show_default=False
    ),
]
LogFile = Annotated[
    str | None, typer.Argument(metavar="FILE", help="另存到（verify：核验）这个文件", show_default=False)
]
Days = Annotated[
    int, typer.Option(metavar="N", min=180, help="trim 保留的天数，不少于 180", show_default=False)
]
Username = Annotated[str, typer.Argument(metavar="NAME", help="用户名", show_default=False)]


@app.command(cls=Verb, epilog="例：jixiao backup --home 绩效数据 备份")
def backup(out: To, home: Home = None) -> int:
    """备份网页版的数据库和上传的文件，不用停机。"""
    from jixiao.cli import serving

    return serving.run(["backup", out], serving.placed(home))


@app.command(cls=Verb, epilog="例：jixiao restore --home 新文件夹 jixiao-20260301-020000.zip")
def restore(file: Zip, home: Home = None) -> int:
    """把备份恢复到空的数据文件夹和空的数据库，并核对。"""
    from jixiao.cli import serving

    return serving.run(["restore", file], serving.placed(home))


@app.command(cls=Verb, epilog="例：jixiao log verify --home 绩效数据")
def log(what: Log, file: LogFile = None, home: Home = None, days: Days = 180) -> int:
    """核验、另存、清理网页版的操作日志。"""
    from jixiao.cli import serving

    words = ["log", what, *([file] if file else []), *(["--days", str(days)] if what == "trim" else [])]
    return serving.run(words, serving.placed(home))


@app.command(cls=Verb, epilog="例：jixiao sweep --home 绩效数据")
def sweep(home: Home = None) -> int:
    """清理网页版没有记录指向的文件和过期的登录。"""
    from jixiao.cli import serving

    return serving.run(["sweep"], serving.placed(home))


@app.command(cls=Verb, epilog="例：jixiao password --home 绩效数据 sysadmin")
def password(name: Username, home: Home = None) -> int:
    """重设某人登录网页版的密码；管理员的密码只能这样重设。"""
    from jixiao.cli import serving

    return serving.run(["password", name], serving.placed(home))
