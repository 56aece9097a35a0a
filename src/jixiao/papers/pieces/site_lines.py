"""What a web site prints around a paper: the way to the page, dates, counters, buttons. No part of the paper itself.

Only whole lines are told, by their labels; where in the file they may be left out is for the caller to know.
"""

import re
from collections.abc import Sequence

from jixiao.expressions import expression
from jixiao.layout import Block, Line
from jixiao.papers.words import folded

_WAY = expression(
    r"(?:您|你)?(?:的)?(?:当前|现在|目前)?(?:所在)?(?:的)?(?:位置|栏目)(?:是|为)?[:：].*|首页(?:[>»›→-]+[^>»›→]{2,20})+"
)
_LABEL = (
    r"索引号|发布(?:机构|日期|时间|人|单位)|发表(?:日期|时间)|发文(?:机关|单位|日期|字号)|成文日期|生成日期|公开(?:目录|日期|形式|方式|范围)|"
    r"主题(?:分类|词)|信息(?:分类|来源|名称|索引|类别)|体裁分类|文号|有效性|(?:阅读|浏览|点击|访问)(?:次数|量|数|人数)|(?:编稿|录入|更新|加入)时间|"
    r"(?:选择)?(?:阅读)?字[体号](?:大小)?|(?:文章|稿件)?来源|来源部门|作者|责任编辑|编辑|审核|时间|访问"
)
_LABELLED = expression(rf"(?:[【\[(]?(?:{_LABEL})[:：|]?(?:[^:：。；]|(?<=\d)[:：](?=\d\d)){{0,40}})+")
_SURE = expression(
    r"索引号|发布(?:机构|日期|时间)|发表(?:日期|时间)|公开目录|主题词|主题分类|(?:阅读|浏览|点击|访问)(?:次数|量|数)|字[体号]|编稿时间|"
    r"来源[:：][^:：]{2,30}(?:网|政府|局|委|办|中心|镇|乡|街道)?(?:时间|日期|作者|$)"
)
_BUTTONS = expression(
    r"(?:[【\[(]?(?:打印(?:本页|此页)?|关闭(?:窗口|本页)?|收藏|分享(?:到|至)?|无障碍(?:浏览|阅读)?|打开适老化模式|适老化?|繁体|简体|返回(?:顶部|首页)?|纠错|"
    r"大|中|小|A[+-]|x|扫一扫.{0,16}|下载|全文|字号|朗读|附件下载)[】\])]?[:：|、/]?)+"
)
_FAR = 24  # lines from the top of the file: further down the paper itself speaks


def is_site_line(text: str) -> bool:
    """Tell whether a line is the site's and not the paper's: 您当前所在位置：首页 > …, 发布时间：…, 【打印】."""
    fold = folded(text).strip("|")
    if not fold or len(fold) > _LONG:
        return False
    if _BUTTONS.fullmatch(fold):
        return len(fold) > 1 or fold == "x"
    way = _WAY.fullmatch(fold)
    if way is not None:
        return bool(re.search(r"[>»›→]|首页", fold)) and not re.search(r"报告[^>]*。", fold)
    return _LABELLED.fullmatch(fold) is not None and _SURE.search(fold) is not None


_LONG = 160


def without_site_lines(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks without the lines that a site printed above the paper."""
    top = [b for b in blocks[:_FAR] if not (isinstance(b, Line) and is_site_line(b.text))]
    return (*top, *blocks[_FAR:])
