"""A page as atoms: what stands between two pieces of text, and how they are joined again."""

import pytest

from jixiao.layout import Cell, Grid, Line
from jixiao.papers.cells.stream import Gap, Stream, atoms_of, joined, part, said


def test_cells_lines_and_words_keep_what_stood_between_them() -> None:
    blocks = (Line("项目名称 护林员管护补助"), Grid((Cell(0, 0, "分值"), Cell(0, 1, "得分"))))
    gaps = [(atom.text, atom.gap) for atom in atoms_of(blocks)]
    assert gaps == [
        ("项目名称", Gap.ROW), ("护林员管护补助", Gap.SPACE), ("分值", Gap.ROW), ("得分", Gap.CELL),
    ]  # fmt: skip


def test_an_empty_cell_is_an_atom_and_a_blank_line_is_none() -> None:
    atoms = atoms_of((Line(" "), Grid((Cell(0, 0, "分值"), Cell(0, 1, ""), Cell(0, 2, "得分")))))
    assert [(atom.text, atom.column) for atom in atoms] == [("分值", 0), ("", 1), ("得分", 2)]


def test_a_line_break_inside_a_cell_is_no_space() -> None:
    assert joined("实际完\n 成值 ") == "实际完成值"


def test_a_heading_broken_over_two_lines_is_one_in_the_fold() -> None:
    stream = Stream(atoms_of((Line("年度指"), Line("标值"))))
    assert stream.fold == "年度指标值"
    assert [stream.at(k) for k in range(6)] == [0, 0, 0, 1, 1, 2]
    assert [k for k in range(5) if stream.begins_atom(k)] == [0, 3]


def test_full_width_figures_are_folded_and_printed_ones_kept() -> None:
    stream = Stream(atoms_of((Line("≥９５％"),)))
    assert stream.fold == "≥95%"
    assert stream.text(0, 4) == "≥９５％"


def test_a_cut_takes_only_its_part_of_a_glued_atom() -> None:
    stream = Stream(atoms_of((Line("培训人数≥120人次"),)))
    assert stream.cut(4, 8).fold == "≥120"
    assert [a.gap for a in stream.cut(4, 8).atoms] == [Gap.NONE]


def test_a_part_of_an_atom_keeps_its_place() -> None:
    (atom,) = atoms_of((Line("指标1：培训"),))
    piece = part(atom, 4, 6)
    assert (piece.text, piece.fold, piece.place) == ("培训", "培训", atom.place)


def test_pieces_are_joined_by_a_space_only_where_one_stood() -> None:
    assert said(atoms_of((Line("100%-80% (含)"),))) == "100%-80% (含)"
    assert said(atoms_of((Line("达成预"), Line("期指标")))) == "达成预期指标"


def test_a_merged_label_written_into_each_of_its_cells_counts_once() -> None:
    grid = Grid(tuple(Cell(0, k, text) for k, text in enumerate(("总分", "总分", "100", "97"))))
    assert [atom.fold for atom in atoms_of([grid])] == ["总分", "", "100", "97"]


def test_equal_values_side_by_side_are_both_kept() -> None:
    grid = Grid(tuple(Cell(0, k, text) for k, text in enumerate(("显著提升", "显著提升", "10", "10"))))
    assert [atom.fold for atom in atoms_of([grid])] == ["显著提升", "显著提升", "10", "10"]


@pytest.mark.parametrize("text", ["第 2 页 共 3 页", "第2页", "共 3 页 第 2 页", "- 2 -", "— 2 —"])
def test_a_page_number_between_two_rows_is_no_row(text: str) -> None:
    rows = (Cell(0, 0, "质量指标"), Cell(1, 0, text, 1, 2), Cell(2, 0, "时效指标"))
    assert [atom.text for atom in atoms_of((Grid(rows), Line(text)))] == ["质量指标", "时效指标"]


def test_a_number_alone_in_its_row_is_kept() -> None:
    assert [atom.text for atom in atoms_of((Grid((Cell(0, 0, "2"),)), Line("-2")))] == ["2", "-2"]
