"""Pages that are kept as small pictures: a form, a report, a wide table. `python -m tests.formats.page_samples` draws them anew."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2

from jixiao import formats
from jixiao.layout import Cell, Grid, Layout, Line, Role

FOLDER = Path(__file__).parent / "pages"
DPI = 50
GREYS = 16  # so many shades are kept: the files stay small
Picture = np.ndarray[Any, np.dtype[np.uint8]]

TOLD = "2023年，青禾县农业农村局对村级道路维修项目开展了绩效自评，项目全年预算72.96万元，全年执行55.23万元，预算执行率75.70%。"
HEADINGS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
)
ROWS = (
    ("维修里程", "≥30公里", "30公里", "20", "20", ""),
    ("验收合格率", "=100%", "95%", "15", "14.25", "一处路面返工，已于次年1月完成。"),
    ("完成时间", "2023年12月底前", "2023年11月", "15", "15", ""),
    ("群众出行条件", "有效改善", "有效改善", "30", "28", "个别路段照明不足。"),
    ("受益群众满意度", "≥90%", "92.5%", "10", "10", ""),
)


def form() -> Layout:
    """A self-evaluation table of one page, with an upright label, merged classes and a blank."""
    heads = [Cell(5, k + 1, text, role=Role.HEADING) for k, text in enumerate(HEADINGS)]
    cells = [
        Cell(0, 0, "项目名称", 1, 2, Role.HEADING), Cell(0, 2, "村级道路维修项目", 1, 7),
        Cell(1, 0, "主管部门", 1, 2, Role.HEADING), Cell(1, 2, "青禾县交通运输局", 1, 3),
        Cell(1, 5, "实施单位", 1, 2, Role.HEADING), Cell(1, 7, "【请填写：实施单位】", 1, 2),
        Cell(2, 0, "项目资金（万元）", 2, 1, Role.HEADING), Cell(2, 3, "年初预算数", 1, 2, Role.HEADING),
        Cell(2, 5, "全年执行数", 1, 2, Role.HEADING), Cell(2, 7, "执行率", 1, 2, Role.HEADING),
        Cell(3, 1, "年度资金总额：", 1, 2, Role.HEADING), Cell(3, 3, "72.96", 1, 2, Role.NUMBER),
        Cell(3, 5, "55.23", 1, 2, Role.NUMBER), Cell(3, 7, "75.70%", 1, 2, Role.NUMBER),
        Cell(4, 0, "年度目标", 1, 1, Role.HEADING), Cell(4, 1, TOLD, 1, 8),
        Cell(5, 0, "绩效指标", 6, 1, Role.HEADING), *heads,
        Cell(6, 1, "产出指标", 3), Cell(6, 2, "数量指标"), Cell(7, 2, "质量指标"), Cell(8, 2, "时效指标"),
        Cell(9, 1, "效益指标"), Cell(9, 2, "社会效益指标"), Cell(10, 1, "满意度指标"), Cell(10, 2, "服务对象满意度指标"),
        *(Cell(6 + r, 3 + c, text) for r, row in enumerate(ROWS) for c, text in enumerate(row)),
        Cell(11, 0, "总分", 1, 6, Role.HEADING), Cell(11, 6, "100", role=Role.NUMBER), Cell(11, 7, "94.82", role=Role.NUMBER),
    ]  # fmt: skip
    head = (Line("项目支出绩效自评表", level=0), Line("（2023年度）", role=Role.SUBTITLE))
    note = Line("注：得分保留两位小数。", role=Role.NOTE)
    return Layout("村级道路维修项目", (*head, Grid(tuple(cells), repeated=(5, 6)), note))


def report() -> Layout:
    """A report as GB/T 9704-2012 wants it, signed at its end."""
    body = (
        Line("一、项目基本情况", level=1), Line(TOLD), Line("（一）项目概况", level=2), Line(TOLD + "【请填写：立项依据】"),
        Line("1.资金情况", level=3), Line(TOLD), Line("二、存在的问题", level=1), Line(TOLD),
    )  # fmt: skip
    signed = (Line("青禾县农业农村局", role=Role.SIGNATURE), Line("2024年3月15日", role=Role.SIGNATURE))
    return Layout("自评报告", (Line("青禾县村级道路维修项目绩效自评报告", level=0), *body, *signed))


def wide(rows: int = 12) -> Layout:
    """A table across the page, its heading of two rows set again on each page, signed below."""
    cells = [
        Cell(0, 0, "单位", 2, 1, Role.HEADING), Cell(0, 1, "项目名称", 2, 1, Role.HEADING),
        Cell(0, 2, "财政拨款", 1, 3, Role.HEADING), Cell(0, 5, "其他资金", 1, 3, Role.HEADING), Cell(0, 8, "说明", 2, 1, Role.HEADING),
        *(Cell(1, 2 + k, ("年初预算", "全年预算", "全年执行")[k % 3], role=Role.HEADING) for k in range(6)),
    ]  # fmt: skip
    for row in range(2, rows + 2):
        figures = [Cell(row, 2 + k, f"{row * 100 + k}.50", role=Role.NUMBER) for k in range(6)]
        cells += [Cell(row, 0, f"青禾县第{row - 1}中学"), Cell(row, 1, "校舍维修及设备购置"), *figures]
        cells.append(Cell(row, 8, "年中追加预算，已于年底前全部支付完毕。"))
    head = (Line("2023年度项目支出绩效自评汇总表", level=0), Line("单位：万元", role=Role.SUBTITLE))
    grid = Grid(tuple(cells), repeated=(0, 2))
    return Layout(
        "汇总表", (*head, grid, Line("填报人：　　　　负责人：", role=Role.SIGNATURE)), landscape=True
    )


SAMPLES = {"form": form, "report": report, "wide": wide}


def drawn(data: bytes, page: int = 0, dpi: int = DPI) -> Picture:
    """Draw one page of a PDF in shades of grey."""
    document = pypdfium2.PdfDocument(data)
    try:
        colours = document[page].render(scale=dpi / 72).to_numpy()[:, :, :3]
    finally:
        document.close()
    return np.asarray(cv2.cvtColor(colours, cv2.COLOR_BGR2GRAY), np.uint8)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, sample in SAMPLES.items():
        shades = drawn(formats.write(sample(), "pdf")) // GREYS * (GREYS + 1)
        _, packed = cv2.imencode(".png", shades, [cv2.IMWRITE_PNG_COMPRESSION, 9])
        (FOLDER / f"{name}.png").write_bytes(packed.tobytes())


if __name__ == "__main__":
    main()
