"""A row of indicators in the words of a doubt: as it was read, and as it stands on the paper."""

from jixiao.papers.cells.alignment import RowCells


def as_read(line: RowCells) -> str:
    """Return the cells of a row with the headings that they were put under."""
    return "；".join(f"{WORDS[k]}：{t}" for k in line.cells if k in WORDS and (t := line.text(k)))


def as_printed(line: RowCells) -> str:
    """Return the cells of a row from left to right."""
    order = sorted(
        (a for a in line.atoms if a.text), key=lambda a: (a.row, a.column if a.column is not None else 0)
    )
    return "按格子自左至右：" + "｜".join(a.text for a in order)


WORDS = {"level1": "一级指标", "level2": "二级指标", "level3": "三级指标", "target": "指标值", "actual": "完成值",
          "points": "分值", "completion": "完成率", "score": "得分", "reason": "偏差原因",
          "recheck_actual": "复核完成值", "recheck_score": "复核得分"}  # fmt: skip
