"""Every part that pages are made of, on one page, for whoever makes pages; it answers only while developing."""

from datetime import timedelta
from decimal import Decimal

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from jixiao.web.charts import Chart, Cloud, Kind, Point, Scatter, Series
from jixiao.web.workflow import STATES

_ROWS = (
    ("高标准农田管护", "青禾县农技站", "self_draft", 4_000_000_00, 8844, 9884, (0, 2, 4), "green"),
    ("村道养护", "青禾县水务站", "at_department", 1_128_000_00, 87943, 8730, (1, 2, 3), "amber"),
    ("学生营养餐补助", "青禾县第一小学", "at_bureau", 58_519_07_00, 97532, None, (3, 0, 0), "red"),
    ("县级培训费", "青禾县教育局", "accepted", None, None, 9500, (0, 0, 0), ""),
    ("人居环境整治", "青禾县农业农村局", "rectifying", 12_800_000_00, 100_000, 10000, (0, 6, 12), "green"),
)


class _Example(forms.Form):
    name = forms.CharField(label="项目名称", help_text="与批复文件上的名称一致。")
    amount = forms.DecimalField(label="全年预算数（万元）", required=False)
    kind = forms.ChoiceField(label="项目属性", choices=[("new", "新增项目"), ("old", "延续项目")])
    sign = forms.ChoiceField(
        label="指标方向", choices=[("up", "正向"), ("down", "反向")], widget=forms.RadioSelect
    )
    reason = forms.CharField(label="偏差原因", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    paper = forms.FileField(label="佐证材料", required=False)
    sure = forms.BooleanField(label="我已核对原始凭证", required=False)


def style(request: HttpRequest) -> HttpResponse:
    """Show every part."""
    if not settings.DEBUG:
        raise Http404
    names = ("project", "unit", "state", "budget", "rate", "score", "marks", "light")
    typed = _Example({"typed-amount": "三百", "typed-kind": "new"}, prefix="typed")
    typed.add_error(None, "执行数大于预算数：请核对哪一个填错了。")
    shown = {
        "rows": [dict(zip(names, row, strict=True)) for row in _ROWS],
        "states": STATES, "now": timezone.now(), "before": timezone.now() - timedelta(days=400),
        "amounts": (Decimal("9.9187"), Decimal("40.00"), None), "form": _Example(), "typed": typed,
        "page": Paginator(range(1234), 50).get_page(7), "charts": _charts(),
    }  # fmt: skip
    return render(request, "style/style.html", shown)


def _charts() -> tuple[Chart | Scatter, ...]:
    bins = ("60 以下", "60–70", "70–80", "80–90", "90–95", "95–100", "100")
    units = ("青禾县农业农村局", "青禾县教育局", "青禾县卫生健康局", "青禾县交通运输局")
    links = tuple(f"?bin={n}" for n in range(len(bins)))
    points = tuple(Point(f"项目{n}", 60 + n * 2, 100 - n % 7, f"?p={n}") for n in range(20))
    return (
        Chart("scores", "分数是怎样分布的？", Kind.BAR, "分数段", "项目数", bins,
              (Series("项目数", (2, 5, 11, 48, 120, 210, 96), links),), said="点一根柱子，看这一段的项目。"),
        Chart("filed", "谁还没报？", Kind.STACK, "主管部门", "项目数", units,
              (Series("已报", (20, 14, 9, 3)), Series("未报", (2, 0, 5, 9)),
               Series("逾期", (0, 1, 2, 6), color="#b3261e"))),
        Chart("year", "自评与复核差多少？", Kind.LINE, "年度", "平均分", ("2022", "2023", "2024", "2025"),
              (Series("自评", (Decimal("95.2"), Decimal("96.41"), Decimal("96.9"), Decimal("95.07"))),
               Series("复核", (Decimal("88.1"), None, Decimal("89.35"), Decimal("91.2")))), least=80, most=100),
        Scatter("rates", "执行率低而得分高的有哪些？", "执行率（%）", "自评得分",
                (Cloud("项目", points),), "点一个点，看这个项目。"),
    )  # fmt: skip
