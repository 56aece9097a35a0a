"""Finds the names of persons by the words that lead to them: 联系人、户主、贫困户…, or a number beside them.

A Chinese name is a surname of the usual ones and one or two characters more; nothing but the words around it tells
高度 from a person, so a name without such words is at most a guess.
"""

import re
from collections.abc import Iterator

from jixiao.expressions import expression

Name = tuple[int, int, bool, str]  # start, end, whether it is certain, why

_SINGLE = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛"
    "邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝"
    "游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳穆司卓古吉缪简车连芦麦褚娄窦戚岑景党宫费卜冷晏席卫柏宗瞿桂"
    "全佟应臧闵苟邬边卞姬师和仇栾隋刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
_DOUBLE = (
    "欧阳|上官|皇甫|令狐|诸葛|司徒|司马|申屠|夏侯|贺兰|完颜|慕容|尉迟|长孙|宇文|公孙|端木|独孤|南宫|东方"
)
_HAN = r"[一-鿿]"
_BARRED = frozenset(
    "某的了等项目额率费款预算付务部门局所院委会镇乡县区号无元股科室站处厅员办组队行司厂社何哪谁第级类度数率量性"
)
_COMMON = """
管理 任务 高度 安全 成本 时效 金额 方案 程序 方法 方面 水平 任何 全部 全年 全县 全市 全体 成效 成果
应当 应急 时间 和谐 商户 单位 农户 农村 农民 农业 古建 项下 路面 路灯 房屋 房产 管护 管网 车辆 车间
关键 关于 文件 文化 武装 党员 党组 施工 安排 安置 严格 常规 常年 向上 左右 包括 包干 申请 申报 章程
高效 高标准 明确 明细 连续 解决 简单 平均 万元 万人 万亩 金融 方便 宁静 全面 全额 全程 温馨 盛大 成立
成功 成熟 易地 易返贫 单独 单价 应付 应收 党支部 管委会 商业 师生 师资 边远 卫生 游客 符合 景区 荣获 沙石
尚未 关爱 关注 包村 驻村 甘愿 和睦 查看 查询 时任 明显 明年 向阳村 白天 黄金 安装 安心 成员 成为 常住
时常 何时 高质量 高水平 单项 项数 方式 方向 江河 马路 石料 石材 林地 林业 田地 田间 毛利 水利 牛羊 马铃薯
金秋 阳光 农机 农田 农资 卫健 卫计 宣传 应对 应用 简化 简易 车费 车票 连片 连同 项次 费用 米面 全覆盖
全过程 全日制 全国 全省 全区 全镇 全乡 全村 全校 全员 全科 明示 查处 查验 文体 文旅 文明 文物 武术 严重
成活 成品 成套 石化 申领 尚可 荣誉 解答 解释 管道 管线 管材 管径 施肥 施救 钱款 万户 万吨 万次 万册
万株 车次 车位 宗地 景观 党建 党政 党校 商贸 商品 师德 和美 高中生 高校 高职 高中 高龄 高温 高产 高速
"""  # words that begin like a name
_WORDS = frozenset(_COMMON.split())
_NAME = (
    rf"(?:(?:{_DOUBLE}){_HAN}{{1,2}}|[{_SINGLE}]{_HAN}{{1,2}}|[{_SINGLE}][ 　]{{1,2}}{_HAN}|"
    rf"{_HAN}{{2,8}}[·•]{_HAN}{{2,8}})"
)
_WHOLE = expression(_NAME)
_DOTTED = expression(rf"{_HAN}{{2,8}}[·•]{_HAN}{{2,8}}")
_ENDS = expression(
    r"(?=$|[和及与]|[\s,，、。;；:：()（）/\d\[\]【】“”\"'<>+|*—-]|[家户之的因患说领获等共]|同志|老人|先生|女士|夫妇|一家|反映|表示|"
    r"手机|电话|联系|身份证|本人|签字|签名|日期|住|男|女)"
)
_ROLES = (
    "联系人|联络人|经办人|经手人|填报人|填表人|填写人|制表人|制单人|审核人|复核人|户主|姓名|受助人|受益人|领取人|领款人|收款人|"
    "监护人|法定代表人|法人代表|负责人|责任人|验收人|采购人员|财务人员|出纳|会计"
)
_HOUSEHOLDS = (
    "贫困户|低保户|脱贫户|五保户|特困户|监测户|困难户|边缘户|特困人员|低保对象|救助对象|帮扶户|搬迁户|危房户"
)
_GROUPS = "困难学生|受助学生|残疾人|优抚对象|困难群众|孤儿|患者|村民|农户"  # names of indicators begin so too
_TOLD = expression(r"[家户因患说领获、（(]|反映|表示|一家|夫妇|老人|同志|先生|女士")
_LED = expression(
    rf"(?P<who>{_ROLES}|{_HOUSEHOLDS}|(?P<group>{_GROUPS}))(?:姓名|签字|签名|盖章|[(（][^()（）]{{1,8}}[)）])*"
    r"(?P<mark>\s*[:：]\s*|[ 　]+|为|是|系)?"
)
_JOIN = expression(r"\s*(?:、|和|及|与)\s*")
_LABEL = expression(
    rf"^[^\n]{{0,8}}?(?:{_ROLES}|(?:{_HOUSEHOLDS}|{_GROUPS})(?:姓名|名单)|签字|签名)"
    r"(?:姓名|签字|签名|签章|盖章|[(（][^()（）\n]*[)）]|[、及和/]?(?:联系)?(?:电话|方式|手机)号?码?|[:：\s])*$",
    re.MULTILINE,
)
_PARTS = expression(r"[^、，,/\n;；()（）\d:：]+")
_TO_NUMBER = expression(
    r"[\s,，:：(（/、-]{0,3}(?:的)?(?:(?:联系)?(?:手机|电话|身份证|银行卡|卡号|账号|邮箱|微信|QQ)"
    r"(?:号码|号)?)?[是为:：\s]{0,3}$"
)
_LEADS = frozenset("系人为是由请向找长任主给户是和、")


def is_name(text: str) -> bool:
    """Tell whether a text may be a person's name, where the words before it say that it is one."""
    plain = re.sub(r"[ 　]", "", text)
    return bool(_WHOLE.fullmatch(text)) and not _BARRED & set(plain) and plain not in _WORDS


def named(text: str) -> Iterator[Name]:
    """Yield the names behind the words that lead to one, those of a list one by one."""
    for lead in _LED.finditer(text):
        at, parted = lead.end(), bool(lead["mark"])
        while (span := _one(text, at)) is not None:
            sure = parted or span[1] - span[0] > 2  # noqa: PLR2004 - two characters may be a word
            if lead["group"] and not lead["mark"]:
                sure = bool(_TOLD.match(text, span[1]))
            yield *span, sure, f"写在“{lead['who']}”之后"
            join = _JOIN.match(text, span[1])
            if join is None:
                break
            at, parted = join.end(), sure


def _one(text: str, at: int) -> tuple[int, int] | None:
    """Return the longest name that begins at a place and ends there for sure."""
    dotted = _DOTTED.match(text, at)
    for end in (dotted.end() if dotted is not None else 0, at + 4, at + 3, at + 2):
        piece = text[at:end]
        family = piece[2:] in {"家", "户"} and is_name(piece[:2])  # 张三家
        if at < end <= len(text) and not family and is_name(piece) and _ENDS.match(text, end):
            return at, end
    return None


def leading(text: str, label: str) -> Iterator[Name]:
    """Yield the names in a cell whose label says that it holds them."""
    word = _LABEL.search(label)
    if word is None:
        return
    for part in _PARTS.finditer(text):
        piece = part[0].strip()
        start = part.start() + len(part[0]) - len(part[0].lstrip())
        if is_name(piece):
            yield start, start + len(piece), True, f"填在“{word[0].strip()}”一栏"
        elif (first := re.match(rf"{_HAN}+", piece)) and is_name(first[0]):
            yield start, start + len(first[0]), True, f"填在“{word[0].strip()}”一栏"


def at_the_end(before: str) -> tuple[int, int] | None:
    """Return the name that a text ends with, what may stand between a name and its number aside."""
    end = _TO_NUMBER.search(before)
    stop = end.start() if end is not None else len(before)
    for length in (4, 3, 2):
        start = stop - length
        if start < 0 or not is_name(before[start:stop]):
            continue
        lead = before[start - 1] if start else ""
        if length > 2 or not re.match(_HAN, lead) or lead in _LEADS:  # noqa: PLR2004 - two characters may be a word
            return start, stop
    return None


def alone(text: str) -> bool:
    """Tell whether a text is nothing but what may be a name of two or three characters."""
    return len(text) in range(2, 4) and text[0] in _SINGLE[:100] and is_name(text)
