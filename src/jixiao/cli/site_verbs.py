"""The commands of the web part: each starts a command of the site as a process of its own."""
# ruff: noqa: PLC0415 - as in verbs

from typing import Annotated

import typer

from jixiao.cli.helping import Verb
from jixiao.cli.verbs import app

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
