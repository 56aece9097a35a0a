"""What stands beside every statistic: how it is done, what it takes for granted, what it can't say; for its readers."""

from dataclasses import dataclass

PROOF = "偏离本身不能证明任何问题，只说明先看哪里；结论要看佐证材料和原始记录。"
DEALT = (
    "以项目为单位：先算每个项目自己的比例（几年的取平均），再按单位平均，不把同一份表的各行当作互不相干的证据。"
    "把全部项目随机分给各单位，精确数出所有分法，看随机也能得到这么高平均数的机会有多大（机会）。"
)
LEADS = (
    "同一统计的全部检验一起用 Benjamini-Hochberg 法校正：列为线索的，校正后的机会不超过 5%，"
    "即线索中平均至多二十分之一是碰巧；还要比全部材料高出规定的幅度。"
)
SMALL = "少于 3 个项目的单位、不足 10 个项目的全部材料只列数，不作判断。"
LARGE = "超过 40 个项目的单位，机会按正态近似计算。"
LIKE = "假定各项目的难易大致可比、互不影响；某单位的项目本来就简单，也会显得高。"


@dataclass(frozen=True, slots=True)
class Grounds:
    """Chinese sentences: the method, its assumptions, and what the statistic can't say."""

    method: tuple[str, ...]
    assumptions: tuple[str, ...]
    limits: tuple[str, ...]
