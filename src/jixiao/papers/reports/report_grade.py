"""The grade that a report puts in quotes without a verb before it: 评价等级“优”."""

from jixiao.expressions import expression
from jixiao.layout import Place
from jixiao.papers.prose.claims_found import bodies, plain
from jixiao.papers.prose.narrative import Narrative

_QUOTED = expression(
    r"(?:自评|评价|评定|绩效|考核|综合|最终)+(?:等级|等次|级别|评级|档次)[“\"‘'「《【](?P<grade>优秀|良好|中等|较差|合格|不合格|优|良|中|差)[”\"’'」》】](?![、和与或及/]|[，,]?[“\"‘'「《【])"
    r"|[“\"‘'「](?:自评|评价|评定|绩效|考核|综合|最终)*(?:等级|等次|级别)(?P<inside>优秀|良好|中等|较差|优|良|中|差)[”\"’'」]"
)


def quoted_grade(narrative: Narrative) -> tuple[str, Place] | None:
    """Return the first such grade and where it stands; None where the text has none."""
    for _, paragraph in bodies(narrative):
        text = plain(paragraph)
        found = _QUOTED.search(text.text)
        if found:
            group = "grade" if found.group("grade") else "inside"
            return found.group(group), text.place(found.start(group), found.end(group))
    return None
