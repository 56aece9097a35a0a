"""The figures that sentences state, with what they are said of: amounts, rates, scores, counts, standards.

Conservative: a figure whose meaning isn't plain stays `amount`, `rate` or `count` with its nearest noun; a
part of a
sum (其中 …), another year's amount and a planned amount are never taken for the project's own budget or
spending.
Whether stated figures agree with each other is for the audit to tell.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from jixiao.expressions import expression
from jixiao.layout import Place
from jixiao.model.figure import Figure
from jixiao.model.quantities import find_figures
from jixiao.model.statements import Claim
from jixiao.papers.prose import claim_words as words
from jixiao.papers.prose.narrative import Narrative, Paragraph, Part
from jixiao.papers.prose.score_marks import Mark, is_foreign, marks_in, not_scores, titled_mark

_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord("，"): "，",
    ord("；"): "；",
    ord("　"): " ",
}
_KEPT = {ord("！"): "！", ord("？"): "？", ord("﹪"): "%", ord("％"): "%", ord("﹣"): "-", ord("－"): "-"}
_TABLE = {**_HALF, **_KEPT}
_SENTENCE = expression(r"[^。！？；\n]+[。！？；\n]?")
_RANGE = expression(r"[-~～—–至到]+\d")
_SOLID = expression(r"\S")
_OPERATOR = expression(r"[×*÷]|/\d")  # a figure inside a formula is no statement
_RESPECTIVELY = expression(r"(?P<names>[^，。；:]+)分别(?:为|是|达到?|:)*(?P<rest>[^。；，]*)$")
_CLAUSE = expression(r"[，。；：、,;:()!?！？“”]")
_YEAR = expression(r"20\d\d(?=年)")
_SCORES = ("total_score", "class_score")
SUBJECT_MAX = 20


@dataclass(frozen=True, slots=True)
class Plain:
    """A paragraph half-width and without white space.

    `index[i]` is the offset of its i-th character in the paragraph.
    """

    text: str
    index: tuple[int, ...]
    paragraph: Paragraph

    def place(self, start: int, end: int) -> Place:
        """Return the place of text[start:end]."""
        return self.paragraph.place(self.index[start], self.index[end - 1] + 1)

    def quoted(self, start: int, end: int) -> str:
        """Return text[start:end] with the paper's own characters."""
        return self.paragraph.text[self.index[start] : self.index[end - 1] + 1].strip()


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure in a sentence, before its meaning is known; offsets into the plain text."""

    start: int
    end: int
    dimension: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a figure: `before` since the last figure of its kind, its own `clause`, the text `after`.

    `told` is the sentence up to the figure, `title` the section's.
    """

    before: str
    clause: str
    after: str
    told: str
    title: str


def plain(paragraph: Paragraph) -> Plain:
    """Return the paragraph's plain form."""
    text = paragraph.text.translate(_TABLE)
    kept = tuple(found.start() for found in _SOLID.finditer(text))
    return Plain("".join(text.split()), kept, paragraph)


def dimension_of(figure: Figure) -> str:
    """Return what a figure measures, as claims see it.

    Money, standard, rate, score, count, or bare without a unit.
    """
    if figure.unit is None:
        return "bare"
    kind = figure.unit.kind
    if kind.startswith("money"):
        return "money" if kind == "money" else "standard"
    return {"ratio": "rate", "point": "rate", "分": "score"}.get(kind, "count")


def stated(sentence: str, offset: int) -> Iterator[Stated]:
    """Yield the sentence's figures in order; dates, document numbers and ranges are left out."""
    for found in find_figures(sentence):
        ranged = _RANGE.match(sentence[found.end :]) or re.search(
            r"\d[分%]?[-~～—–至到]$", sentence[: found.start]
        )
        inside = sentence[: found.start].endswith(("第", "×", "*", "÷", "/")) or _OPERATOR.match(
            sentence[found.end :]
        )
        if not ranged and not inside:
            yield Stated(offset + found.start, offset + found.end, dimension_of(found.figure), found.figure)


# ---------------------------------------------------------------- meanings


def last_keyword(table: tuple[tuple[str, str], ...], text: str) -> tuple[str, str] | None:
    """Return kind and word of the keyword that ends last in `text`.

    Of those the longest, then the first in the table.
    """
    best: tuple[int, int, str, str] | None = None
    for kind, pattern in table:
        for found in re.finditer(pattern, text):
            rank = (found.end(), -found.start())
            if found.group() and (best is None or rank > best[:2]):
                best = (*rank, kind, found.group())
    return best[2:] if best else None


def noun_before(clause: str) -> str:
    """Return the words a figure follows, without 为, 共, 达到: at most SUBJECT_MAX characters."""
    text = re.sub(r"^[和与及]$", "", words.LEAD_IN.sub("", clause).rstrip("，；：、,;: "))
    text = _CLAUSE.split(text)[-1]
    return re.split(r"[\d%]+(?:万元|元|个|项|年度?|月)?", text)[-1][-SUBJECT_MAX:]


def noun_after(after: str) -> str:
    """Return the counted thing behind a count: 62个预算项目 gives 预算项目."""
    text = _CLAUSE.split(words.FILLER.sub("", after))[0][:SUBJECT_MAX]
    return words.NOUN_END.split(text)[0]


def money(context: Context, year: int | None) -> tuple[str, str]:
    """Return kind and subject of an amount."""
    if words.PER_UNIT.match(context.after):
        return "standard", noun_before(context.clause)
    near = context.clause if len(words.LEAD_IN.sub("", context.clause)) > 2 else context.before
    word = last_keyword(words.MONEY, near)
    if word is None:
        return "amount", noun_before(near)
    kind, subject = word
    years = {int(y) for y in _YEAR.findall(context.before)}
    foreign = year is not None and years and year not in years
    own = kind == "surplus" and not words.SUBORDINATE.search(context.clause)
    if kind != "standard" and (foreign or (not own and is_part(context, subject))):
        return "amount", noun_before(near) or subject
    return kind, noun_before(near) if kind in ("standard", "amount") else subject


def is_part(context: Context, subject: str) -> bool:
    """Tell whether an amount is only a part (其中, 用于); 实际支出 alone in its clause is the whole again."""
    told = re.sub(r"\([^()]*\)", "", context.told)
    whole = context.after.startswith("，") and "预算" in subject  # 预算40万元，用于…: the whole, then its use
    if (words.PURPOSE.match(context.after) and not whole) or words.SUBORDINATE.search(context.clause):
        return True
    alone = words.LEAD_IN.sub("", context.clause) in (subject, words.LEAD_IN.sub("", subject))
    return words.SUBORDINATE.search(told) is not None and not (alone and words.WHOLE.search(subject))


def rate(context: Context, year: int | None) -> tuple[str, str] | None:
    """Return kind and subject of a percentage, None where nothing says of what.

    What a rate missed or passed (执行率未达100%), and another year's rate, is none of the project's own.
    """
    near = context.clause if len(words.LEAD_IN.sub("", context.clause)) > 1 else context.before
    word = last_keyword(words.RATES, near)
    if word is None:
        return ("rate", noun_before(near)) if noun_before(near) else None
    kind, subject = word
    alone = subject == words.LEAD_IN.sub("", context.clause) and words.OWN_RATE.match(subject)
    if kind == "rate" or (words.SUBORDINATE.search(context.before) and not alone):
        return "rate", noun_before(near) or subject
    years = {int(y) for y in _YEAR.findall(context.before)}
    foreign = year is not None and years and year not in years
    if kind in words.OF_MONEY and (foreign or words.COMPARED_WITH.search(context.clause)):
        return "rate", subject
    return kind, noun_before(near) if kind in ("satisfaction", "share") else subject


def score(context: Context) -> tuple[str, str] | None:
    """Return kind and subject of a score that no pair of points and score explains.

    None where it stays unclear.
    """
    if words.PASSED.match(context.after) or words.PASS_LINE.search(context.before):
        return "pass_mark", "合格分数"
    if words.BOUND.match(context.after) or words.OTHERS.search(context.clause):
        return None  # 90分以上的58个: a band, not a score
    single = words.CLASS_ALONE.fullmatch(context.clause)
    if single:
        return "class_score", single.group("name")
    found = words.TOTAL_SUBJECT.search(context.clause)
    return said_of(context, found) if found else None


def said_of(context: Context, found: re.Match[str]) -> tuple[str, str] | None:
    """Return whether 得分 speaks of an item, of the section's class or of the whole; None of several projects."""
    subject = context.clause[: found.start()]
    itself = words.ITSELF.search(subject)
    if words.ITEM_END.search(subject) and not itself:
        return "class_score", subject
    if words.CLASS_TITLE.fullmatch(context.title) and not words.WHOLE_SCORE.search(found.group()):
        return "class_score", context.title
    named = {m["name"] for m in words.PROJECT_SCORE.finditer(context.told + context.after)}
    if itself or len(named) > 1:
        return None
    return "total_score", found.group().rstrip("为是:达到共计")


def count(context: Context, unit: str) -> tuple[str, str] | None:
    """Return kind and subject of a count."""
    if words.NO_COUNT.match(context.after) or unit in words.DURATIONS:
        return None
    band = words.BAND.search(context.told) if unit == "个" else None
    if band and "分" in band.group():
        return "count", band.group(1)
    after, before = noun_after(context.after), noun_before(context.clause)
    if re.search(r"指标", after) or (before.endswith("指标") and not after):
        return "indicator_count", after or before
    surveyed = words.SURVEY.search(context.clause) or words.SURVEY.search(after)
    if unit in words.SURVEYED and surveyed:
        return "survey_size", after or before
    return "count", after or before


def meaning(one: Stated, context: Context, year: int | None) -> tuple[str, str] | None:
    """Return kind and subject of a figure, None when it isn't a claim."""
    match one.dimension:
        case "money":
            return money(context, year)
        case "standard":
            return "standard", noun_before(context.clause)
        case "rate":
            return rate(context, year)
        case "count":
            return count(context, one.figure.unit.kind if one.figure.unit else "")
        case "score":
            full = one.figure.value == Decimal(100) and words.FULL.search(context.clause)
            return None if full else score(context)
        case _:
            said = score(context)
            bounded = one.figure.value <= Decimal(150)  # more than any total with extra points
            alone = re.match(r"[，。；,;)]|$", context.after)
            return said if said is not None and said[0] == "total_score" and bounded and alone else None


# ---------------------------------------------------------------- sentences to claims


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield offset and text of each sentence."""
    for found in _SENTENCE.finditer(text):
        yield found.start(), found.group()


def context_of(one: Stated, others: list[Stated], offset: int, sentence: str) -> Context:
    """Return what stands around a figure."""
    same = [o.end - offset for o in others if o.dimension == one.dimension and o.end <= one.start]
    at = one.start - offset
    before = sentence[max(same, default=0) : at]
    marks = [m.end() for m in re.finditer(r"[，；：、,;:()“”]", before)]
    last = max((m for m in marks if m < len(before) or before[m - 1 : m] not in "：:(“"), default=0)
    return Context(before, before[last:], sentence[one.end - offset :], sentence[:at], "")


def aligned(context: Context) -> Context:
    """Return a figure's context with its own name alone (甲、乙分别为1万元、2万元), if names and figures agree."""
    found = _RESPECTIVELY.search(context.told)
    if found is None:
        return context
    names = re.split(r"[、和与及]", found.group("names"))
    passed = len(find_figures(found.group("rest")))
    coming = len(find_figures(re.split(r"[，。；]", context.after)[0]))
    if len(names) != passed + 1 + coming:
        return context
    name = names[passed]
    return replace(context, before=name, clause=name, told=name)


def titled(context: Context, one: Stated) -> Context:
    """Return the context of a figure that opens a section's text with the title before it: 支出：799.12万元."""
    if one.start or not context.title:
        return context
    return replace(context, before=context.title, clause=context.title, told=context.title)


def joint_rates(context: Context, subject: str) -> Iterator[tuple[str, str]]:
    """Yield further rates said of the same figure: 资金到位率、支出实现率均为100%."""
    if re.search(r"(?:均|都)(?:为|是|达到?)*$", context.before):
        for kind, pattern in words.RATES:
            named = {m.group() for m in re.finditer(pattern, context.before)}
            yield from ((kind, name) for name in named if name != subject and name.endswith(("率", "进度")))


def claims_of(paragraph: Paragraph, title: str, year: int | None) -> Iterator[tuple[Claim, Place]]:
    """Yield the claims of one paragraph with their places, in reading order."""
    text = plain(paragraph)
    for offset, sentence in sentences(text.text):
        quoted = text.quoted(offset, offset + len(sentence))
        spans = [span for mark in marks_in(sentence, title, year) for span in mark.spans]
        taken = {offset + start for start in (*(span.start for span in spans), *not_scores(sentence))}
        for span in spans:
            if span.figure is not None:
                claim = Claim(span.what, span.figure, span.subject, quoted)
                yield claim, text.place(offset + span.start, offset + span.end)
        found = list(stated(sentence, offset))
        for one in found:
            if one.start in taken:
                continue
            context = aligned(titled(replace(context_of(one, found, offset, sentence), title=title), one))
            said = meaning(one, context, year)
            if said and said[0] in _SCORES and is_foreign(sentence[: one.start - offset], year):
                continue
            for kind, subject in [said, *joint_rates(context, said[1])] if said else []:
                yield Claim(kind, one.figure, subject, quoted), text.place(one.start, one.end)


def bodies(narrative: Narrative) -> Iterator[tuple[Part | None, Paragraph]]:
    """Yield every paragraph of body text with the section it stands in, None before the first."""
    yield from ((None, paragraph) for paragraph in narrative.front)
    for part in narrative.parts:
        yield from ((part, paragraph) for paragraph in texts_of(part))


def texts_of(part: Part) -> tuple[Paragraph, ...]:
    """Return a section's paragraphs, its heading first where that states a score: 投入指标（25分，得22分）."""
    same = bool(part.body[:1]) and part.body[0].text in part.head.text  # the heading's own line goes on
    if not words.SCORED_TITLE.search(part.section.title):
        return part.body
    told = replace(part.head, text=part.section.title) if same else part.head
    repeated = same and part.section.title in part.body[0].text
    if repeated or not marks_in(plain(told).text, ""):
        return part.body
    return (part.head, *part.body[int(same) :])


def claims(narrative: Narrative, year: int | None) -> tuple[tuple[Claim, Place], ...]:
    """Return every figure that the paper's sentences state, in reading order, with its place."""
    return tuple(
        claim
        for part, paragraph in bodies(narrative)
        for claim in claims_of(paragraph, part.section.title if part else "", year)
    )


def section_marks(part: Part, year: int | None) -> tuple[tuple[Mark, Place], ...]:
    """Return the points and scores that a section states, in reading order.

    Its title (3分) counts for the points.
    """
    found: list[tuple[Mark, Place]] = []
    for paragraph in (p for p in texts_of(part) if "分" in p.text):
        text = plain(paragraph)
        for offset, sentence in sentences(text.text):
            for mark in marks_in(sentence, part.section.title, year):
                first, last = mark.spans[0].start, mark.spans[-1].end
                found.append((mark, text.place(offset + first, offset + last)))
    own = titled_mark(part.section.title, part.section.text, alone=not found)
    return ((own, part.place), *found) if own else tuple(found)


def grade(narrative: Narrative) -> tuple[str, Place] | None:
    """Return the grade that the text claims (优, 良好, …) and where; the first that it states."""
    for _, paragraph in bodies(narrative):
        text = plain(paragraph)
        found = words.GRADE.search(text.text) or words.GRADE_TAIL.search(text.text)
        if found:
            return found.group("grade"), text.place(found.start("grade"), found.end("grade"))
    return None


def full_points(narrative: Narrative) -> tuple[Decimal, Place] | None:
    """Return the full mark of the whole (满分为100分) and where it is stated."""
    for _, paragraph in bodies(narrative):
        text = plain(paragraph)
        for found in words.FULL_POINTS.finditer(text.text):
            points = Decimal(found.group("points"))
            if points >= Decimal(100):  # a class has less
                return points, text.place(found.start("points"), found.end("points"))
    return None
