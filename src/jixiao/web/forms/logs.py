"""Which entries of the log are looked for."""

from django import forms

from jixiao.web.forms.form import Form

_DAY = forms.DateInput(attrs={"type": "date"})
ACTIONS = {
    "log_in": "登录",
    "log_in_failed": "登录失败",
    "log_out": "退出",
    "change_password": "更改本人密码",
    "add_user": "新增账号",
    "rename_user": "更改姓名",
    "switch_user": "停用、启用账号",
    "reset_password": "重设密码",
    "unlock_user": "解除锁定",
    "give_role": "给角色",
    "take_role": "撤销角色",
    "bring_in": "从表格导入",
    "set_deadlines": "定期限",
    "export_log": "导出日志",
    "trim_log": "清理到期日志",
}


class Find(Form):
    """By words, person, kind and days."""

    q = forms.CharField(label="内容、对象", max_length=100, required=False)
    who = forms.CharField(label="姓名、用户名", max_length=60, required=False)
    action = forms.ChoiceField(
        label="操作", choices=[("", "全部"), *ACTIONS.items(), ("filing", "材料办理")], required=False
    )
    first = forms.DateField(label="自", widget=_DAY, required=False)
    last = forms.DateField(label="至", widget=_DAY, required=False)
