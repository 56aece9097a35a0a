"""Runs a command: whatever goes wrong becomes one Chinese line on standard error and an exit status, never a trace."""

import os
import sys
from collections.abc import Sequence

import typer

from jixiao.cli import CUT_SHORT, INTERRUPTED
from jixiao.cli.batch_verbs import app
from jixiao.errors import JixiaoError

USAGE = 2
_FAULTS = {
    "NoSuchOption": "没有“{option}”这个选项",
    "BadOptionUsage": "选项“{option}”的写法不对，后面可能缺了内容",
    "MissingParameter": "没有给出“{name}”（{help}）",
    "BadParameter": "“{name}”的值不对，应为{range}（{help}）",
}


def run(words: Sequence[str]) -> int:
    """Run the command that the words name and return its exit status; without words, show the help.

    Raises:
        KeyboardInterrupt: the user stopped it.
    """
    from jixiao.cli.screen import complain  # noqa: PLC0415 - rich is slow to import, and --help needs none of it

    try:
        status = app(args=list(words) or ["--help"], prog_name="jixiao", standalone_mode=False)
    except typer.TyperException as error:
        complain([f"命令的用法不对：{_usage(error)}。用 {_command(error)} --help 查看用法。"])
    except JixiaoError as error:
        complain([str(error)])
    except BrokenPipeError:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # or Python complains when it closes it
        return 0
    except Exception as error:  # noqa: BLE001 - nobody who checks papers can use a stack trace
        complain([f"出错了（{type(error).__name__}：{error}），这是程序的问题；请把这一句话告诉维护者。"])
    else:
        if status == INTERRUPTED:
            raise KeyboardInterrupt
        if status == CUT_SHORT:
            return INTERRUPTED
        return status if isinstance(status, int) else 0
    return USAGE


def _command(error: typer.TyperException) -> str:
    """Return the words of the command whose help page says how it is used."""
    return getattr(getattr(error, "ctx", None), "command_path", "jixiao")


def _usage(error: typer.TyperException) -> str:
    """Say in Chinese what is wrong with the words; the library's own sentences are English."""
    kind = next((c.__name__ for c in type(error).__mro__ if c.__name__ in _FAULTS), "")
    if not kind:
        command = getattr(getattr(error, "ctx", None), "command", None)
        return "没有写出命令，或没有这个命令" if hasattr(command, "commands") else "多给了内容"
    parameter = getattr(error, "param", None)
    name = next((word for word in getattr(parameter, "opts", ()) if word.startswith("-")), None)
    return _FAULTS[kind].format(
        option=getattr(error, "option_name", ""),
        name=name or getattr(parameter, "metavar", None) or "",
        help=getattr(parameter, "help", None) or "",
        range=_range(getattr(parameter, "min", None), getattr(parameter, "max", None)),
    )


def _range(least: int | None, most: int | None) -> str:
    """Say which values an option takes."""
    if least is None:
        return "括号里所说的一种"
    return f" {least} 至 {most} 的整数" if most is not None else f"不小于 {least} 的整数"
