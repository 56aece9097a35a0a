"""Why nothing came of a file, in a sentence."""

from collections.abc import Sequence

from jixiao.model.reading import Kind, Reading


def went_wrong(name: str, error: BaseException) -> str:
    """Say that something unforeseen happened with a file."""
    kind = type(error).__name__
    return f"处理“{name}”时出错（{kind}），这是程序的问题，不是文件的问题；请把文件和这一句话告诉维护者。"


def not_a_paper(name: str, readings: Sequence[Reading]) -> str:
    """Say that nothing in the file is a known paper; empty when something is."""
    if any(reading.kind is not Kind.UNKNOWN for reading in readings):
        return ""
    return f"“{name}”里没有找到自评表、自评报告等绩效自评材料；请核对是否选错了文件，或文件是否完整。"
