"""The whole site on one page, grouped by noun; who may open which stands in `access.PAGES`, by these names."""

from django.urls import path

from jixiao.web.views import accounts, choices, faults, home, style

handler400, handler403 = faults.bad, faults.forbidden
handler404, handler500 = faults.missing, faults.broken

urlpatterns = [
    path("", home.home, name="home"),
    path("health/", home.health, name="health"),
    path("style/", style.style, name="style"),
    path("choose/year/", choices.year, name="choose_year"),
    path("choose/place/", choices.place, name="choose_place"),
    # 账号
    path("login/", accounts.log_in, name="log_in"),
    path("logout/", accounts.log_out, name="log_out"),
    path("password/", accounts.password, name="password"),
]
