import io
from pathlib import Path

import pytest

from jixiao import formats
from jixiao.errors import UnknownNameError, UnreadableError
from jixiao.formats import intake
from jixiao.layout import Layout
from tests.formats.made import compound, document, inline, packed, paragraph, sheet, workbook

MB = 1024 * 1024


def refused(data: bytes, name: str = "青禾县自评表.xlsx") -> str:
    with pytest.raises(UnreadableError) as caught:
        formats.read(data, name=name)
    said = str(caught.value)
    assert said.startswith(f"“{name}”：")
    assert said.endswith("。")
    assert "\n" not in said
    assert said.count("。") == 1
    return said


@pytest.mark.parametrize(
    "data, reason, remedy",
    [
        (b"", "文件是空的", "重新导出"),
        (compound("EncryptionInfo", "EncryptedPackage"), "有密码保护", "去掉密码"),
        (compound("Workbook"), "损坏", "重新"),
        (compound("Book"), "损坏", "重新"),
        (compound("WordDocument", "1Table"), "损坏", "重新"),
        (compound("PowerPoint Document"), "复合文件", "另存为"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF", "重新下载"),
        (b'<?xml version="1.0"?><a><b/></a>', "XML", "另存为 xlsx"),
        (b'<?xml version="1.0"?>\n<Workbook/>', "XML", "另存为 xlsx"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "网页存档", "另存为 xlsx"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "图片", "重新扫描"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "图片", "重新扫描"),
        (b"GIF89a" + bytes(100), "图片", "png"),
        (b"Rar!\x1a\x07\x00" + bytes(100), "rar", "解压"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(100), "7z", "解压"),
        (b"abc\0def" * 9, "二进制", "xlsx、docx"),
        (bytes(range(256)) * 4, "二进制", "xlsx、docx"),
        (b"PK\x03\x04" + b"x" * 80, "已损坏", "重新"),
        (packed({"papers/a.docx": document(paragraph("甲"))}), "压缩包", "解压"),
        (packed({"xl/workbook.bin": b"x"}), "xlsb", "另存为 xlsx"),
        (packed({"mimetype": b"x", "content.xml": "<x/>"}), "ODF", "另存为"),
        (packed({"ppt/presentation.xml": "<x/>"}), "演示文稿", "xlsx"),
        (packed({"OFD.xml": "<x/>"}), "OFD", "docx"),
        (packed({}), "压缩包里没有文件", "重新打包"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_paper_is_refused_with_reason_and_remedy(
    data: bytes, reason: str, remedy: str
) -> None:
    said = refused(data)
    assert reason in said.partition("：")[2].partition("；")[0]
    assert remedy in said.partition("；")[2]


@pytest.mark.parametrize("share", [0.02, 0.3, 0.5, 0.9, 0.99])
def test_half_a_zip_is_refused(share: float) -> None:
    whole = workbook(sheet(f'<row r="1">{inline("A1", "云岭市")}</row>'))
    assert "损坏" in refused(whole[: int(len(whole) * share)])


def test_the_kind_is_found_by_content_and_never_by_the_suffix() -> None:
    book = workbook(sheet(f'<row r="1">{inline("A1", "云岭市")}</row>'))
    text = document(paragraph("云岭市"))
    assert formats.read(book, name="自评表.docx").format == "xlsx"
    assert formats.read(text, name="自评表.xlsx").format == "docx"
    assert formats.read("云岭市".encode(), name="自评表.xls").format == "text"


def test_a_200_mb_file_is_refused_by_its_size_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "大文件.xlsx"
    with path.open("wb") as stream:
        stream.truncate(200 * MB)
    with pytest.raises(UnreadableError, match=r"“大文件.xlsx”：文件超过 100 MB.*；请只留"):
        intake.read_file(path)
    with pytest.raises(UnreadableError), intake.open_capped(path):
        pytest.fail("it was opened")


def test_standard_input_is_cut_off_while_it_runs() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"x" * size

    endless = Endless()
    with pytest.raises(UnreadableError, match="超过 100 MB"):
        intake.read_stream(endless, name="标准输入")  # type: ignore[arg-type]
    assert endless.given <= 101 * MB


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "表.txt"
    path.write_bytes(b"abc" * 100_000)
    assert intake.read_file(path) == b"abc" * 100_000


@pytest.mark.parametrize("name, reason", [("没有.txt", "找不到"), (".", "文件夹")])
def test_a_path_without_a_file_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        intake.read_file(tmp_path / name)


def test_bytes_over_the_cap_are_refused_even_when_the_caller_read_them() -> None:
    assert "100 MB" in refused(bytes(101 * MB))


def test_writing_an_unknown_format_lists_what_there_is() -> None:
    with pytest.raises(UnknownNameError, match=r"“odt”.*text、xlsx、docx"):
        formats.write(Layout("x", ()), "odt")


def test_reading_text_loads_no_library_of_workbooks_or_documents() -> None:
    import subprocess  # noqa: PLC0415 - a fresh interpreter is the point here
    import sys  # noqa: PLC0415

    code = (
        "import sys; from jixiao import formats; formats.read('甲'.encode(), name='a');"
        "print(sorted({'lxml', 'docx', 'openpyxl', 'xlsxwriter', 'zipfile', 'filetype'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_library_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def without(module: str) -> None:
        raise ModuleNotFoundError(name="xlrd" if module.endswith("xls.reading") else "jixiao.formats.nothing")

    monkeypatch.setattr(formats, "import_module", without)
    with pytest.raises(
        UnreadableError, match=r"^“表.xls”：读取这种文件要用的组件 xlrd 没有安装；请安装：pip install"
    ):
        formats.read_here("jixiao.formats.xls.reading", b"x", name="表.xls")
    with pytest.raises(ModuleNotFoundError):
        formats.read_here("jixiao.formats.nothing", b"x", name="表.xls")
