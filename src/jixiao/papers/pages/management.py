"""资金管理情况 of a transfer payment's table: questions, each with what is said of it and what is to be mended."""

from jixiao.expressions import expression
from jixiao.layout import Place, Role
from jixiao.model.evaluation import Evaluation, Particular
from jixiao.papers.cells.stream import Stream
from jixiao.papers.pages.ruled_sheet import RuledSheet

GROUP, SAID, MENDED = "资金管理情况", "情况说明", "存在问题和改进措施"
_QUESTION = expression(
    r"分配科学性|下达及时性|拨付合规性|使用规范性|执行准确性|(?:预算)?绩效管理(?:情况)?|支出责任(?:履行)?(?:情况)?"
)


def read_management(stream: Stream, start: int, end: int) -> tuple[tuple[Particular, Place], ...]:
    """Return the answers between two positions of the fold, with their places.

    What is said stands under the question's own label, what is to be mended under the label with 存在问题和改进措施
    behind it.
    """
    atoms = stream.cut(start, end).atoms
    head = next((a for a in atoms if a.fold.startswith("存在问题") and a.column is not None), None)
    found: list[tuple[Particular, Place]] = []
    for asked in (a for a in atoms if head and _QUESTION.fullmatch(a.fold) and a.column is not None):
        for atom in atoms:
            behind = atom.row == asked.row and atom.fold and (atom.column or 0) > (asked.column or 0)
            if behind and head:
                mended = (atom.column or 0) >= (head.column or 0)
                found.append((Particular(asked.fold + (MENDED if mended else ""), atom.text), atom.place))
    return tuple(found)


def put_management(sheet: RuledSheet, evaluation: Evaluation, questions: tuple[str, ...]) -> None:
    """Write the block of questions; nothing where a form has none."""
    if not questions:
        return
    said = {one.label: one.text for one in evaluation.particulars}
    middle = sheet.edge(1, 2)
    sheet.put(0, GROUP, rows=len(questions) + 1, role=Role.HEADING)
    sheet.put(1, "", span=2, role=Role.HEADING)
    sheet.put(3, SAID, span=middle - 3, role=Role.HEADING)
    sheet.put(middle, MENDED, span=sheet.width - middle, role=Role.HEADING)
    sheet.row += 1
    for question in questions:
        sheet.put(1, question, span=2, role=Role.HEADING)
        sheet.put(3, said.get(question), span=middle - 3)
        sheet.put(middle, said.get(question + MENDED), span=sheet.width - middle)
        sheet.row += 1
