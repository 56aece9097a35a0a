"""Write docs/generated/ from the code: the rules, the rule-books with their sources, the commands; renew checking.md.

`make docs` runs it, and tests/test_house.py compares; nothing in docs/generated is written by hand.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from typer.testing import CliRunner

from jixiao.audit import FAMILIES
from jixiao.cli.batch_verbs import app
from jixiao.formats.intake import LIMITS, MB, Bounds, Limits
from jixiao.model.citation import Citation
from jixiao.model.finding import Severity
from jixiao.schemes import list_schemes, load_scheme
from jixiao.schemes.scheme import Part, Scheme
from jixiao.telling.titles import CODES, TITLES, Paged

FOLDER = Path(__file__).parent / "generated"
SHOWN = Path(__file__).parent / "shown"
CHECKING = Path(__file__).parent / "checking.md"
SHOWN_FILE = re.compile(r"(^`docs/shown/(\S+)`\n\n```toml\n).*?(^```$)", re.MULTILINE | re.DOTALL)
SHOWN_COMMAND = re.compile(r"(^```\njixiao ([^\n]*)\n```\n\n```text\n).*?(^```$)", re.MULTILINE | re.DOTALL)
SEVERITY = {Severity.ERROR: "错误", Severity.WARNING: "需核实", Severity.NOTE: "提示"}
LEDGER = "LG"
HEAD = "<!-- 由 make docs 生成，请勿手改 -->\n\n"


def rules_page() -> str:
    """Every rule by family: code, fault, severity, source, its page, and why it is off; then the ledger's notices."""
    families = [*FAMILIES, LEDGER]
    rules: list[Paged] = sorted(CODES, key=lambda rule: (families.index(rule.code[:2]), rule.code))
    off = sum(bool(rule.off) for rule in rules)
    ours = sum(rule.code[:2] != LEDGER for rule in rules)
    lines = ["# 审核规则", "", f"共 {ours} 条，其中停用 {off} 条。编号不变，也不重复使用。", ""]
    lines += ["| 编号 | 查什么 | 级别 |", "| --- | --- | --- |"]
    lines += [
        f"| [{r.code}](#{r.code.lower()}-{r.name}) | {_cell(TITLES[r.code])} | {_level(r)} |" for r in rules
    ]
    family = ""
    for rule in rules:
        if rule.code[:2] != family:
            family = rule.code[:2]
            lines += ["", f"## {family} {FAMILIES.get(family, '台账（不是审核规则）')}"]
        lines += ["", f"### {rule.code} {rule.name}", "", *_page(rule)]
    return "\n".join(lines) + "\n"


def limits_page() -> str:
    """Every cap on what may come in, with its value and what it bounds."""
    says = dict(re.findall(r"^ +(\w+): (.+)$", Limits.__doc__ or "", re.MULTILINE))
    lines = ["# 文件的上限", "", "每一项都在 `intake.LIMITS` 里，别处没有；超过时一句话说明，不读。", ""]
    lines += ["| 名称 | 上限 | 管什么 |", "| --- | --- | --- |"]
    lines += [
        f"| `{f.name}` | {_amount(getattr(LIMITS, f.name))} | {says.get(f.name, '')} |"
        for f in fields(Limits)
    ]
    return "\n".join(lines) + "\n"


def _amount(value: object) -> str:
    if isinstance(value, Bounds):
        return f"{_amount(value.memory)}, {value.seconds} s"
    return f"{value // MB} MB" if isinstance(value, int) and value >= MB and value % MB == 0 else f"{value:,}"


def _page(rule: Paged) -> Iterator[str]:
    if rule.off:
        yield f"**停用**：{rule.off}"
        yield ""
    title, _, rest = rule.page.partition("\n")
    yield title
    yield re.sub(r"(?m)^(?=\S{2,6}：)", "- ", rest)
    yield f"- 级别：{SEVERITY[rule.severity]}"
    yield f"- 依据：{rule.source}"


def _level(rule: Paged) -> str:
    return "停用" if rule.off else SEVERITY[rule.severity]


def _cell(text: str) -> str:
    return text.replace("|", "／")


def schemes_page() -> str:
    """Every rule-book with all inheritance resolved: each part, its source, and whether that was read."""
    schemes = [load_scheme(scheme_id) for scheme_id in list_schemes()]
    lines = ["# 评分口径", "", f"共 {len(schemes)} 个。“是”表示有人核对过条文原文。", ""]
    lines += ["| 名称 | 标题 | 地区 | 沿用 | 条文均已核对 |", "| --- | --- | --- | --- | --- |"]
    for s in schemes:
        chain = " → ".join(s.chain) or "—"
        lines.append(f"| [{s.id}](#{s.id}) | {s.title} | {s.region or '—'} | {chain} | {_read(s.verified)} |")
    for scheme in schemes:
        lines += ["", *_scheme(scheme)]
    return "\n".join(lines) + "\n"


def _scheme(scheme: Scheme) -> Iterator[str]:
    yield f"## {scheme.id}"
    yield ""
    yield f"{scheme.title}。" if scheme.title[-1:] != "。" else scheme.title
    yield ""
    yield "| 部分 | 内容 | 依据 | 已核对 |"
    yield "| --- | --- | --- | --- |"
    for part in scheme.parts.values():
        yield _row(part.key, _content(part), part.source)
    if scheme.level1:
        classes = "，".join(f"{name} {points:f}" for name, points in scheme.level1.items())
        yield _row("level1", classes, scheme.level1_source)
    if scheme.framework:
        rows = "；".join("/".join(names) for names in scheme.framework)
        yield _row("framework", rows, scheme.sources["framework"])
    grades = "，".join(f"{grade.word} {grade.low:f} 分起" for grade in scheme.grades)
    yield _row("grades", grades or "—", scheme.grades_source)
    rounding = f"{scheme.rounding.places} 位，" + (
        "先舍后加" if scheme.rounding.round_then_sum else "先加后舍"
    )
    yield _row("rounding", rounding, scheme.rounding_source)
    for kind, values in (("thresholds", scheme.thresholds), ("items", scheme.items)):
        for source in dict.fromkeys(scheme.sources[f"{kind}.{name}"] for name in values):
            ours = (n for n in values if scheme.sources[f"{kind}.{n}"] == source)
            yield _row(kind, "，".join(f"{name} {values[name]:f}" for name in ours), source)
    for one in scheme.standards:
        yield _row(f"standards.{one.number}", f"{one.name}：{one.says}", one.source)


def _content(part: Part) -> str:
    points = f"{part.points:f} 分，" if part.points is not None else ""
    return f"{points}{part.method}" + (f"：{part.says}" if part.says else "")


def _row(name: str, content: str, source: Citation) -> str:
    words = f"{source.document} {source.article}".strip()
    return (
        f"| {name} | {content.replace('|', '／')} | {words.replace('|', '／')} | {_read(source.verified)} |"
    )


def _read(verified: bool) -> str:  # noqa: FBT001 the word for a truth
    return "是" if verified else "否"


def commands_page() -> str:
    """The help of each command, as a terminal of 100 columns shows it."""
    names = [command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands]
    lines = ["# 命令", ""]
    groups = [
        [group.name or "", command.name or getattr(command.callback, "__name__", "")]
        for group in app.registered_groups
        for command in (group.typer_instance.registered_commands if group.typer_instance is not None else ())
    ]
    for words in ([], *([name] for name in names), *groups):
        shown = CliRunner().invoke(app, [*words, "--help"], prog_name="jixiao", env={"COLUMNS": "100"}).output
        text = "\n".join(line.rstrip() for line in shown.strip().splitlines())
        lines += [f"## {' '.join(['jixiao', *words])}", "", "```", text, "```", ""]
    return "\n".join(lines)


def pages() -> dict[str, str]:
    """Return the text of each file in docs/generated by its name."""
    return {
        "rules.md": HEAD + rules_page(),
        "schemes.md": HEAD + schemes_page(),
        "cli.md": HEAD + commands_page(),
        "limits.md": HEAD + limits_page(),
    }


def refreshed(page: str) -> str:
    """Return a page of the documents with the files that it shows, and what its commands print, as they now are.

    The commands run in a copy of docs/shown, one after the other, on a terminal of 100 columns.
    """
    page = SHOWN_FILE.sub(lambda found: f"{found[1]}{(SHOWN / found[2]).read_text('utf-8')}{found[3]}", page)
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / SHOWN.name
        copytree(SHOWN, folder)
        return SHOWN_COMMAND.sub(lambda found: f"{found[1]}{_printed(found[2], folder)}{found[3]}", page)


def _printed(words: str, folder: Path) -> str:
    run = "import sys; from jixiao.cli import main; sys.exit(main())"
    environment = {**os.environ, "COLUMNS": "100", "PYTHONUTF8": "1"}
    told = subprocess.run(  # noqa: S603 - our own command, on our own files
        [sys.executable, "-c", run, *shlex.split(words)],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return told.stdout.decode().rstrip() + "\n"


def main() -> None:
    """Write what has changed."""
    FOLDER.mkdir(exist_ok=True)
    texts = {FOLDER / name: text for name, text in pages().items()}
    texts[CHECKING] = refreshed(CHECKING.read_text("utf-8"))
    for path, text in texts.items():
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            print(f"docs/{path.relative_to(FOLDER.parent)}")


if __name__ == "__main__":
    main()
