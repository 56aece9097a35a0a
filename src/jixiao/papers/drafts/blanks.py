"""What only the unit knows: each a blank that says what is wanted, under the name that an outline calls it by."""

from collections.abc import Mapping

WANTED: Mapping[str, str] = {
    "profile": "项目单位的主要职责、内设机构和人员情况",
    "basis": "立项依据，写明文件名称、发文字号和批复情况",
    "content": "项目的性质、用途和主要内容，实施地点和服务对象",
    "background": "项目的背景和主要内容，立项依据的文件名称和发文字号",
    "feasibility": "项目可行性、必要性的论证情况",
    "stages": "总目标和各阶段目标",
    "management": "项目的组织管理，写明实施单位和责任股室、招投标和合同、监督检查、验收情况",
    "money_rules": "资金管理制度的名称，资金拨付和审批的程序",
    "purpose": "评价的目的、对象和范围",
    "principles": "评价的原则、指标体系、评价方法和评价标准",
    "process_told": "评价工作的过程，写明前期准备、组织实施和分析评价的时间和人员",
    "work": "自评工作的组织方式、参加人员、起止时间，核对了哪些资料",
    "survey": "满意度调查的对象、方式、时间和有效份数",
    "practice": "项目实施和管理的主要做法",
    "next": "下一步工作安排，写明责任股室和完成时间",
    "use": "自评结果如何应用于预算安排和项目管理，公开的时间和方式",
    "other": "其他需要说明的事项；没有的，写“无”",
    "organised": "部门绩效自评的组织领导、工作部署、审核和报送的情况",
    "quality": "绩效目标设定的质量，写明指标是否完整、可衡量，与预算是否匹配",
    "sample": "抽查项目的名单、抽取办法和复核结果；没有抽查的，删去这一条",
    "recheck_basis": "复核的依据、范围、时间和参加人员",
    "recheck_documents": "核对了哪些原始资料，是否到现场核查",
}
