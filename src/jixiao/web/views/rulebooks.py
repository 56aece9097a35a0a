"""Rule-books and rules as pages: what they say, where that stands, worked examples, two rule-books side by side."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jixiao.audit import FAMILIES
from jixiao.schemes import list_schemes, load_scheme
from jixiao.schemes.scheme import Scheme
from jixiao.telling.books import applies, articles, beside, examples
from jixiao.telling.titles import CODES, TITLES, Paged
from jixiao.web import access
from jixiao.web.requests import actor

_LEDGER = {"LG": "台账"}
_SECTIONS = ("为什么", "不合格", "合格", "怎么改", "来源", "误报风险")


@require_GET
def rulebooks(request: HttpRequest) -> HttpResponse:
    """List the rule-books."""
    words = request.GET.get("q", "").strip()
    books = [(book, applies(book)) for book in map(load_scheme, list_schemes())]
    kept = [(book, said) for book, said in books if words in f"{book.id}{book.title}{book.region}{said}"]
    return render(request, "rulebooks/rulebooks.html", {"books": kept, "words": words, "count": len(books)})


@require_GET
def rulebook(request: HttpRequest, scheme_id: str) -> HttpResponse:
    """Show one rule-book whole."""
    book = _book(scheme_id)
    context = {
        "book": book, "applies": applies(book), "articles": articles(book), "examples": examples(book),
        "others": [load_scheme(other) for other in list_schemes() if other != book.id],
    }  # fmt: skip
    return render(request, "rulebooks/rulebook.html", context)


@require_GET
def compared(request: HttpRequest) -> HttpResponse:
    """Show two rule-books side by side, article by article."""
    ids = list_schemes()
    one, other = (_book(request.GET.get(name) or ids[0]) for name in ("one", "other"))
    rows = beside(one, other)
    changed = [row for row in rows if row.differs]
    context = {
        "one": one, "other": other, "rows": rows if request.GET.get("all") else changed, "changed": len(changed),
        "count": len(rows), "all": bool(request.GET.get("all")), "books": [load_scheme(scheme_id) for scheme_id in ids],
        "worked": list(zip(examples(one), examples(other), strict=True)),
    }  # fmt: skip
    return render(request, "rulebooks/compared.html", context)


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """List the rules by family, with the ledger's notices."""
    words = request.GET.get("q", "").strip()
    kept = [one for one in CODES if words.lower() in f"{one.code}{TITLES[one.code]}{one.page}".lower()]
    families = [
        (code, title, [(one, TITLES[one.code]) for one in kept if one.code.startswith(code)])
        for code, title in {**FAMILIES, **_LEDGER}.items()
    ]
    told = [row for row in families if row[2]]
    return render(
        request,
        "rulebooks/rules.html",
        {
            "families": told,
            "words": words,
            "count": sum(one.code[:2] in FAMILIES and not one.off for one in kept),
        },
    )


@require_GET
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """Show one rule: what it finds, why, a case of each kind, and what to do."""
    found = next((one for one in CODES if one.code == code.upper()), None)
    if found is None:
        raise Http404(f"没有编号为“{code}”的规则")
    context = {"rule": found, "title": TITLES[found.code], "said": sections(found),
               "family": {**FAMILIES, **_LEDGER}.get(found.code[:2], ""),
               "sees_filings": access.may_open("filings", actor(request).user)}  # fmt: skip
    return render(request, "rulebooks/rule.html", context)


def sections(one: Paged) -> list[tuple[str, str]]:
    """Return a rule's page in its sections: 为什么, 不合格, 合格, 怎么改 and what else it says, in its order."""
    told: list[tuple[str, str]] = []
    for line in one.page.splitlines()[1:]:
        head, colon, rest = line.strip().partition("：")
        if colon and head in _SECTIONS:
            told.append((head, rest))
        elif line.strip() and told:
            told[-1] = (told[-1][0], f"{told[-1][1]}{line.strip()}")
        elif line.strip():
            told.append(("说明", line.strip()))
    return told


def _book(scheme_id: str) -> Scheme:
    if scheme_id not in list_schemes():
        raise Http404(f"没有名为“{scheme_id}”的评分口径")
    return load_scheme(scheme_id)
