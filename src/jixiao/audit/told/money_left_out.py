"""What a report without a table leaves out of its money: what came, was spent, on what (FD02, FD12, FD17)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from jixiao.audit.prose import Amount, Sentence
from jixiao.audit.rule import Case, Found
from jixiao.audit.told.report_money import money_sections_without_money
from jixiao.expressions import expression
from jixiao.model.asked import asked_once
from jixiao.model.claims import Report

_CLAUSE = expression(r"[,，。;；\n]")
_MONEY = expression(r"\d\s*(?:亿|千|百|万)?元|[一二三四五六七八九十百千万]+元整?")
_CAME = expression(
    r"到位|到账|下达|拨[入付]|收到|划[入拨]|落实|安排|批复|预算|投入|筹|投资|资金|经费|补助|补贴"
)
_ARRIVED = expression(r"到位(?!情况)|到账|下达|拨[入付]|收到|划[入拨]|落实")
_SPENT = expression(
    r"(?<!预算)支出|支付|使用|执行|列支|发放|兑[现付]|结算|决算|审定|开支|完成投资|付[清款给]|已付|花费|购[买置]|缴纳|报销|拨付|支取|补助到|打入|打卡"
)
_USED = expression(r"用于|投入|(?<!经)费")
_RATE = expression(
    r"(?:执行|支出|支付|使用|拨付|兑付|发放|实现|预算完成|资金完成)[^,，。;；]{0,8}(?:率|进度|比例|比重)[^,，。;；]{0,8}\d"
    r"|(?:资金|经费|预算)[^,，。;；]{0,6}(?:率|进度|比例)[^,，。;；]{0,6}100%|百分之"
)
_ALL_SPENT = expression(
    r"(?:全部|全额|足额|均|已)[^,，。;；]{0,6}(?:支付|支出|使用|兑[付现]|发放|付清|结清|列支|执行)[^,，。;；]{0,6}(?:完|毕|到|清|$)"
    r"|[用花支发付](?:完|讫|尽)(?!善|成)|(?:资金|经费|预算|款项)[^,，。;；]{0,6}(?:没有|无)(?:结余|结转|剩余)"
)
_WORK = expression(r"绩效|目标|完成|效益|自评")
_LEAST_WORDS, _LEAST_SECTIONS = 120, 3
_ITEMISED = 4  # a sum with three items or more
_SURE = Decimal("0.7")


@dataclass(frozen=True)
class Told:
    """The sentences of one report without a table, and what they tell of money."""

    at: int
    report: Report
    sentences: tuple[Sentence, ...]

    @asked_once
    def clauses(self) -> tuple[str, ...]:
        """The clauses of all its running text, tidied."""
        return tuple(c for s in self.sentences for c in _CLAUSE.split(s.plain) if c)

    @asked_once
    def spent(self) -> bool:
        """Whether a clause tells an amount or a rate of spending."""
        itemised = any(len(s.amounts) >= _ITEMISED for s in self.sentences)
        return itemised or any(_tells_of_spending(c) for c in self.clauses)

    @asked_once
    def came(self) -> bool:
        """Whether a clause tells an amount that was given, in whatever words."""
        return any(_MONEY.search(c) and _CAME.search(c) for c in self.clauses)

    def amounts(self) -> Iterator[tuple[Sentence, Amount]]:
        """Yield every amount with its sentence."""
        for sentence in self.sentences:
            for amount in sentence.amounts:
                yield sentence, amount


def _tells_of_spending(clause: str) -> bool:
    if _RATE.search(clause) or _ALL_SPENT.search(clause):
        return True
    if not _MONEY.search(clause):
        return False
    if _SPENT.search(clause):
        return True
    return _USED.search(clause) is not None and not _ARRIVED.search(clause) and "投资" not in clause


def reports_alone(case: Case) -> tuple[Told, ...]:
    """Return the reports of a filing without a table, as far as they are long enough to tell of money."""
    if case.tables:
        return ()
    return tuple(_alone(case))


def _alone(case: Case) -> Iterator[Told]:
    for at, report in case.reports:
        texts = [s.text for s in report.sections]
        short = len(texts) < _LEAST_SECTIONS or sum(map(len, texts)) < _LEAST_WORDS
        if short or case.filing.readings[at].confidence < _SURE:
            continue
        own = (s for p in case.passages if p.paper == at and p.in_report for s in p.sentences)
        yield Told(at, report, tuple(own))


_HEADED = expression(r"资金|预算|经费|投入")


def money_untold(case: Case) -> Iterator[Found]:
    """Yield what reports without a table leave out of their money: headings without it, arrival, spending."""
    empty = list(money_sections_without_money(case))
    yield from empty
    already = frozenset(f.paper for f in empty if f.paper is not None)
    yield from _arrival_told_as_budget(case, already)
    yield from _never_spent(case, already)


def _never_spent(case: Case, already: frozenset[int]) -> Iterator[Found]:
    """Yield the reports that tell of results and never of an amount spent, or of no amount at all."""
    for told in case.once(reports_alone):
        if told.at in already or told.spent or not any(_WORK.search(s.title) for s in told.report.sections):
            continue
        lacks = "支出的金额和执行率" if told.came else "到位、支出的金额和执行率"
        says = f"全文没有写{lacks}，资金用了多少无从核对。改法：写明到位和支出的金额、执行率。"
        yield Found(f"sections.{_place(told.report)}", says, told.at, key="money")


def _arrival_told_as_budget(case: Case, already: frozenset[int]) -> Iterator[Found]:
    """Yield the headings of arrival below which only what was budgeted stands."""
    for told in case.once(reports_alone):
        if told.at in already:
            continue
        for n, section in enumerate(told.report.sections):
            if not _ARRIVAL_ASKED.search(section.title) or not section.text.strip():
                continue
            if (
                _ARRIVED.search(section.text)
                or _IN_FULL.search(section.text)
                or not _MONEY.search(section.text)
            ):
                continue
            says = f"“{section.title}”只写了安排、预算的金额，没有写到位的金额和时间。改法：写明到位金额和到位率。"
            yield Found(f"sections.{n}", says, told.at, quoted=section.text[:60], key="arrived")


_ARRIVAL_ASKED = expression(r"^(?:项目)?(?:资金|经费)(?:的)?到位(?:情况)?(?:分析)?$")
_IN_FULL = expression(r"全部|全额|足额|率|发放|支付|支出|使用|拨|付")


def _place(report: Report) -> int:
    filled = [n for n, s in enumerate(report.sections) if s.text.strip()]
    named = (n for n in filled if _HEADED.search(report.sections[n].title))
    return next(named, filled[0] if filled else 0)


# ---------------------------------------------------------------- the heads behind a standard


_EACH = expression(
    r"(?:每|按)(?P<who>人|生|名|户|位|名?学生)[^,，。;；\d]{0,8}(?P<a>\d{2,6}(?:\.\d+)?)(?:元|/)"
    r"|(?P<b>\d{2,6}(?:\.\d+)?)元/?(?P<whom>人|生|户|名)"
)
_HEADS = expression(
    r"\d(?:\.\d+)?(?:万|余|多)*(?:名|人|户|位|个学生|学生|师生|生|岗|对象)(?!民币|均|工|次?/)"
)
_HEADS_IN_WORDS = expression(r"[二三四五六七八九十百][一二三四五六七八九十百]*(?:名|人|户|位)(?!均)")


def standards_without_heads(case: Case) -> Iterator[Found]:
    """Yield the reports that tell a standard per head and a sum, and nowhere for how many heads it was."""
    for told in case.once(reports_alone):
        each = [(s, m) for s in told.sentences for m in _EACH.finditer(s.plain)]
        if not each or any(_has_heads(s) for s in told.sentences):
            continue
        known = {Fraction(m["a"] or m["b"]) for _, m in each}
        sums = [a for _, a in told.amounts() if not a.per_head and a.yuan not in known]
        if not sums:
            continue
        sentence, m = each[0]
        standard, whole = Fraction(m["a"] or m["b"]), max(sums, key=lambda a: a.yuan)
        if not 0 < standard < whole.yuan:
            continue
        most = max(known)
        says = (
            f"标准是每{m['who'] or m['whom']} {m['a'] or m['b']} 元，金额 {whole}，全文没有写人数"
            f"（按标准至少要有 {-(-whole.yuan // most)} 个）。改法：写明人数、标准和测算过程。"
        )
        yield Found(sentence.passage.where, says, told.at, quoted=sentence.text[:60], key="heads")


def _has_heads(sentence: Sentence) -> bool:
    plain = _EACH.sub("", sentence.plain)
    return bool(_HEADS.search(plain) or _HEADS_IN_WORDS.search(plain))


# ---------------------------------------------------------------- a lump without items


_SOURCE = expression(r"(?:中央|省|市|县|区|乡|镇|上级|本级|财政|自筹|配套|级)[^,，。;；\d]{0,8}$")
_ONE_THING = expression(
    r"合同|中标|造价|单价|发放|补贴|补助|奖[补励金]|工资|救助|资助|保费|助学|津贴|元/|/[人亩户生]|每[人亩户生名月台个]"
)
_LUMP = 100_000


def lump_without_items(case: Case) -> Iterator[Found]:
    """Yield the reports that tell one large sum and no part of what it was spent on."""
    for told in case.once(reports_alone):
        sums = [(s, a) for s, a in told.amounts() if not a.per_head and _spends(a)]
        if not sums:
            continue
        sentence, whole = max(sums, key=lambda pair: pair[1].yuan)
        if whole.yuan < _LUMP or any(_ONE_THING.search(s.plain) for s in told.sentences):
            continue
        if any(a.yuan < whole.yuan * Fraction(9, 10) and not _SOURCE.search(a.before) for _, a in sums):
            continue
        says = f"{whole} 用在哪些事项上，全文没有分项写明金额。改法：按支出事项列出金额，与总额相符。"
        yield Found(sentence.passage.where, says, told.at, quoted=sentence.text[:60], key="lump")


_FOR = expression(r"支|付|用|费|购|投入|拨|下达|安排|经费|资金|工资|完成|奖|采")


def _spends(amount: Amount) -> bool:
    """Tell whether an amount is money of the project: its clause speaks of giving or spending."""
    near = _CLAUSE.split(amount.before)[-1] + _CLAUSE.split(amount.after)[0]
    return _FOR.search(near) is not None
