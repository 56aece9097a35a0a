"""The house itself: what no linter sees. Each check lists every fault, with its file and what to do."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from docs.generate import pages
from jixiao.audit import COLLECTION_RULES, RULES
from jixiao.audit.rule import CollectionRule, Rule
from jixiao.formats import FORMATS
from jixiao.papers import PAPERS
from jixiao.schemes import list_schemes, load_scheme

ROOT = Path(__file__).parent.parent
SRC = ROOT / "src" / "jixiao"
TESTS = ROOT / "tests"

NO_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "core", "misc",
            "manager", "managers", "service", "services", "handler", "handlers", "constants", "types"}  # fmt: skip
EXACT = ("model", "schemes", "scoring", "audit")
LINKED = ("apache.org", "gov.cn", "w3.org", "openxmlformats.org", "purl.org", "oasis-open.org", "oclc.org", "json-schema.org",
          "schemastore.org", "microsoft.com", "openoffice.org", "example.com", "example.org", "example.net", "localhost", "127.0.0.1")  # fmt: skip
MACHINE = re.compile(r"(?<![\w.<*}$)])/(?:work|root|home|opt|Users)\b(?!\.)")
URL = re.compile(r"https?://([^/\s\"'<>)`，。；]+)")


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def ours(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def nothing(faults: list[str]) -> None:
    assert not faults, "\n" + "\n".join(faults)


# ---------------------------------------------------------------- files


def test_no_module_is_longer_than_400_lines() -> None:
    written = [
        p for p in python_files("src", "tests", "docs") if p.parent.name != "migrations"
    ]  # Django writes those
    sizes = {ours(p): p.read_text("utf-8").count("\n") for p in written}
    nothing([f"{name} has {n} lines: split it by what it speaks of" for name, n in sizes.items() if n > 400])


def test_no_module_is_named_after_nothing() -> None:
    parts = {part for p in python_files("src", "tests") for part in (p, p.parent)}
    nothing([f"{ours(p)}: name it by what it speaks of" for p in sorted(parts) if p.stem in NO_NAMES])


def visible_files() -> list[Path]:
    """Every file that is tracked or about to be: what git does not ignore."""
    git = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(git, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return [ROOT / name for name in sorted(names) if name and (ROOT / name).is_file()]


def strange_links(text: str) -> list[str]:
    hosts = (host.rsplit("@")[-1].partition(":")[0] for host in URL.findall(text))
    return [host for host in hosts if not any(f".{host}".endswith(f".{known}") for known in LINKED)]


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a git tree")
def test_no_file_names_a_machine_or_a_package_host() -> None:
    faults = []
    for path in visible_files():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        faults += [f"{ours(path)}: {m.group()} is a path of one machine" for m in MACHINE.finditer(text)]
        faults += [
            f"{ours(path)}: {h} is no known source; law and standards stand in LINKED"
            for h in strange_links(text)
        ]
    nothing(faults)


def test_the_locks_name_no_host_and_hash_every_pin() -> None:
    faults = []
    for lock in sorted((ROOT / "requirements").iterdir()):
        text = lock.read_text("utf-8")
        entries = [e for e in re.split(r"\n(?=\S)", text) if e.strip()]
        faults += [
            f"{lock.name}: {word}" for word in re.findall(r"https?:\S*|--\S*index\S*|--find-links.*", text)
        ]
        faults += [f"{lock.name}: {e.split()[0]} has no hash" for e in entries if "--hash=sha256:" not in e]
    nothing(faults)


def test_the_locks_agree_with_each_other() -> None:
    def pins(name: str) -> set[str]:
        return set(
            re.findall(r"^(\S+==\S+)", (ROOT / "requirements" / name).read_text("utf-8"), re.MULTILINE)
        )

    faults = [
        f"{name}: {pin} is not the pin of dev.txt; run make lock"
        for name in LOCKS
        for pin in pins(name) - pins("dev.txt")
    ]
    nothing(faults)


LOCKS = ("core.txt", "xlsx.txt", "docx.txt", "all.txt", "build.txt")

# ---------------------------------------------------------------- source


def calls(tree: ast.AST, *names: str) -> Iterator[tuple[int, str]]:
    """Yield line and name of each call of one of `names`, plain or as an attribute (`x.quantize`)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name) | ast.Attribute(attr=name) if name in names:
                    yield node.lineno, name


def inexact_calls(tree: ast.AST) -> list[str]:
    """Calls that round by another rule than half up, or leave exact numbers."""
    return [f"line {line}: {name}()" for line, name in calls(tree, "round", "float", "quantize", "fsum")]


def float_literals(tree: ast.AST) -> list[str]:
    nodes = (n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, float))
    return [f"line {n.lineno}: {n.value!r}" for n in nodes]


def imports_by_name(tree: ast.AST) -> list[str]:
    """Imports that the contracts can't see, because the module stands in a string."""
    return [f"line {line}: {name}()" for line, name in calls(tree, "import_module", "__import__")]


def faults_in(files: list[Path], check: Callable[[ast.AST], list[str]], what: str) -> list[str]:
    return [f"{ours(p)} {fault}: {what}" for p in files for fault in check(tree_of(p))]


def test_numbers_are_rounded_in_one_place() -> None:
    pictures = SRC / "formats" / "scan"  # pixels and angles; no figure of a paper is among them
    files = [p for p in python_files("src") if p != SRC / "model" / "figure.py" and pictures not in p.parents]
    nothing(faults_in(files, inexact_calls, "only model/figure.py rounds, and nothing is a float"))


def test_the_law_is_computed_without_floats() -> None:
    files = [p for folder in EXACT for p in python_files(f"src/jixiao/{folder}")]
    nothing(faults_in(files, float_literals, 'write Decimal("...") or Fraction'))


def test_only_the_two_tables_import_by_name() -> None:
    allowed = {SRC / "formats" / "__init__.py", SRC / "audit" / "__init__.py"}
    files = [p for p in python_files("src") if p not in allowed]
    nothing(faults_in(files, imports_by_name, "import it plainly, so that the contracts see it"))


@pytest.mark.parametrize(
    "check, bad, good",
    [
        (inexact_calls, "x = round(1 / 3, 2)", "x = half_up(third, 2)"),
        (inexact_calls, "x = float('1')", "def f(x: float) -> None: ..."),
        (inexact_calls, "x = d.quantize(y)", "x = 'round(1)'"),
        (float_literals, "x = 0.5", "x = Decimal('0.5')"),
        (imports_by_name, "importlib.import_module('jixiao.web')", "import jixiao.web"),
    ],
)
def test_the_checks_see_a_fault_and_leave_the_rest(
    check: Callable[[ast.AST], list[str]], bad: str, good: str
) -> None:
    assert check(ast.parse(bad))
    assert not check(ast.parse(good))


@pytest.mark.parametrize(
    ("text", "seen"), [("in /" + "root/x", True), ("</root>", False), ("a/home/b", False)]
)
def test_a_path_of_one_machine_is_seen(text: str, seen: bool) -> None:
    assert bool(MACHINE.search(text)) is seen


def test_an_unknown_link_is_seen() -> None:
    assert strange_links("see https://" + "files.somewhere.test/x and https://www.hh.gov.cn/y") == [
        "files.somewhere.test"
    ]


# ---------------------------------------------------------------- rules, rule-books, forms, formats

SECTIONS = ("不合格：", "(?<!不)合格：", "怎么改：", "来源：")
ALL_RULES: tuple[Rule | CollectionRule, ...] = (*RULES, *COLLECTION_RULES)


def table(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


def stems(folder: Path, pattern: str = "*.toml") -> set[str]:
    return {path.stem for path in folder.glob(pattern)}


def test_every_rule_has_a_code_of_its_own_and_a_page() -> None:
    written = [code for p in python_files("src/jixiao/audit") for code in rule_codes(tree_of(p))]
    faults = [f"{code} is given to two rules: codes are never used again" for code in repeated(written)]
    faults += [
        f"{r.code}: its docstring lacks {s}" for r in ALL_RULES for s in SECTIONS if not re.search(s, r.page)
    ]
    faults += [f"{r.code}: no source in @rule" for r in ALL_RULES if not r.source.document.strip()]
    nothing(
        [
            *faults,
            *(f"{code} is written and not in RULES" for code in set(written) - {r.code for r in ALL_RULES}),
        ]
    )


def rule_codes(tree: ast.AST) -> list[str]:
    """The codes in the decorators of a family's module."""
    decorators = [d for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) for d in n.decorator_list]
    return [d.args[0].value for d in decorators if isinstance(d, ast.Call) and is_rule(d.func)]  # type: ignore[attr-defined]


def is_rule(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in {"rule", "collection_rule"}


def repeated(words: list[str]) -> list[str]:
    return sorted({word for word in words if words.count(word) > 1})


def test_every_rule_has_cases_that_fail_and_pass_each_with_why() -> None:
    faults = []
    for rule in ALL_RULES:
        name, cases = f"tests/rules/{rule.code}.toml", table(TESTS / "rules" / f"{rule.code}.toml")
        for kind in ("fail", "pass"):
            faults += [] if cases.get(kind) else [f"{name}: no [[{kind}]]"]
            faults += [
                f"{name}: a [[{kind}]] without why" for case in cases.get(kind, ()) if not case.get("why")
            ]
    codes = {rule.code for rule in ALL_RULES}
    nothing(
        [
            *faults,
            *(f"tests/rules/{s}.toml: there is no such rule" for s in sorted(stems(TESTS / "rules") - codes)),
        ]
    )


def test_every_rule_book_loads_and_cites_every_part() -> None:
    assert len(list_schemes()) > 15
    faults = []
    for scheme_id in list_schemes():
        scheme = load_scheme(scheme_id)
        cited = {**{key: part.source for key, part in scheme.parts.items()}, **scheme.sources}
        faults += [
            f"{scheme_id}.toml: {key} has no source" for key, source in cited.items() if not source.document
        ]
    nothing(faults)


def unread_tables(book: dict[str, Any]) -> list[str]:
    """The tables of a rule-book that name a source and not whether somebody has read it."""
    tables = [
        (key, t)
        for key, v in book.items()
        for t in (v if isinstance(v, list) else [v])
        if isinstance(t, dict)
    ]
    return [key for key, t in tables if "source" in t and not isinstance(t.get("verified"), bool)]


def test_every_rule_book_says_what_was_read() -> None:
    books = {path.name: table(path) for path in (SRC / "schemes/rulebooks").glob("*.toml")}
    nothing(
        [f"{name}: [{key}] has no verified" for name, book in books.items() for key in unread_tables(book)]
    )
    assert unread_tables({"negative": {"source": "注3"}}) == ["negative"]


def test_every_rule_book_has_worked_examples() -> None:
    examples, known = stems(TESTS / "rulebooks"), set(list_schemes())
    faults = [
        f"tests/rulebooks/{s}.toml is missing or empty"
        for s in sorted(known)
        if not table(TESTS / "rulebooks" / f"{s}.toml")
    ]
    nothing(
        [
            *faults,
            *(f"tests/rulebooks/{s}.toml: there is no such rule-book" for s in sorted(examples - known)),
        ]
    )


def test_every_format_form_and_paper_has_a_test() -> None:
    tried = {
        p: p.read_text("utf-8") for folder in ("formats", "papers") for p in python_files(f"tests/{folder}")
    }
    faults = [
        f"FORMATS: no tests/formats/test_{row.name}.py"
        for row in FORMATS
        if not files_for("formats", row.name)
    ]
    faults += [
        f"PAPERS: no test in tests/papers speaks of {row.kind.name}"
        for row in PAPERS
        if not any(row.kind in text or row.kind.name in text for text in tried.values())
    ]
    if not any("list_forms()" in text for text in tried.values()):
        faults.append(
            "papers/forms: no test in tests/papers writes and reads back every form of list_forms()"
        )
    nothing(faults)


def files_for(folder: str, name: str) -> list[Path]:
    return list((TESTS / folder).glob(f"test_{name}*.py"))


def test_every_generated_page_is_fresh() -> None:
    faults = []
    for name, text in pages().items():
        path = ROOT / "docs/generated" / name
        faults += (
            []
            if path.exists() and path.read_text("utf-8") == text
            else [f"docs/generated/{name} is stale: make docs"]
        )
    nothing(faults)


# ---------------------------------------------------------------- glossary


def words_of(tree: ast.AST) -> Iterator[str]:
    """Yield what a module calls things: names, fields, arguments, and strings that are a name."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=word) | ast.Attribute(attr=word) | ast.arg(arg=word):
                yield word
            case ast.ClassDef(name=word) | ast.FunctionDef(name=word) | ast.Constant(value=str(word)):
                yield word
                yield word[:2] if re.fullmatch(r"[A-Z]{2}\d\d", word) else word
            case _:
                pass


def source_words() -> set[str]:
    """Every identifier of the source, the keys of its data files, and its folders and modules."""
    words = {path.stem for path in SRC.rglob("*")}
    for path in python_files("src"):
        words |= set(words_of(tree_of(path)))
    for path in SRC.rglob("*.toml"):
        words |= set(re.findall(r"\w+", path.read_text("utf-8")))
    return {word.lower() for word in words}


def glossary(mark: str) -> list[str]:
    text = (ROOT / "docs/glossary.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith(f"| {mark}")]
    return [name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[3])]


def test_every_name_of_the_glossary_is_in_use() -> None:
    names, known = glossary("●"), source_words()
    assert len(names) > 80
    lost = [name for name in names if name.lower() not in known]
    nothing([f"docs/glossary.md: {name} is marked ● and stands nowhere in src" for name in lost])


def test_no_name_that_the_glossary_keeps_for_later_is_in_use() -> None:
    known = source_words()
    used = [name for name in glossary("○") if name.lower() in known]
    nothing([f"docs/glossary.md: {name} is marked ○ and stands in src" for name in used])
