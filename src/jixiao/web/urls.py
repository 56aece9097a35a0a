"""The whole site on one page, grouped by noun; who may open which stands in `access.PAGES`, by these names."""

from django.urls import path

from jixiao.web.views import accounts, checks, choices, downloads, faults, home, style

handler400, handler403 = faults.bad, faults.forbidden
handler404, handler500 = faults.missing, faults.broken

urlpatterns = [
    path("", home.home, name="home"),
    path("health/", home.health, name="health"),
    path("style/", style.style, name="style"),
    path("choose/year/", choices.year, name="choose_year"),
    path("choose/place/", choices.place, name="choose_place"),
    # 检查文件
    path("checks/", checks.index, name="checks"),
    path("checks/new/", checks.new, name="check_new"),
    path("checks/<int:pk>/", checks.check, name="check"),
    path("checks/<int:pk>/rows/", checks.rows, name="check_rows"),
    path("checks/<int:pk>/files/", checks.add, name="check_add"),
    path("checks/<int:pk>/delete/", checks.delete, name="check_delete"),
    path("checks/<int:pk>/download/<slug:what>/", downloads.of_check, name="check_download"),
    path("checked/<int:pk>/", checks.checked, name="checked"),
    path("checked/<int:pk>/pages/<int:number>/", checks.picture, name="checked_page"),
    path("checked/<int:pk>/doubt/", checks.doubt, name="checked_doubt"),
    path("checked/<int:pk>/finding/", checks.finding, name="checked_finding"),
    path("checked/<int:pk>/download/<slug:what>/", downloads.of_file, name="checked_download"),
    # 账号
    path("login/", accounts.log_in, name="log_in"),
    path("logout/", accounts.log_out, name="log_out"),
    path("password/", accounts.password, name="password"),
]
