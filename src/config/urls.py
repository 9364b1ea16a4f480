"""Every address of the product. Public pages are marked @login_not_required, and a house test lists them."""

from django.urls import include, path

from bangvang.web.portal import views as portal
from bangvang.web.staff import (
    account,
    accounts,
    claims,
    dossiers,
    eligibility,
    files,
    intake,
    ledger,
    movements,
    nominations,
    organisation,
    people,
    registrations,
    reviews,
    roll_out,
    tasks,
    units,
)

# fmt: off
urlpatterns = [
    path("", include(([
        path("", portal.home, name="home"),
        path("phong-trao/", portal.movements, name="movements"),
        path("phong-trao/<slug:code>/", portal.movement, name="movement"),
        path("huong-dan/", portal.help_page, name="help"),
        path("kha-nang-tiep-can/", portal.accessibility, name="accessibility"),
    ], "portal"))),
    path("", include(([
        path("dang-nhap/", account.Login.as_view(), name="login"),
        path("dang-xuat/", account.logout, name="logout"),
        path("tai-khoan/", account.mine, name="mine"),
        path("tai-khoan/mat-khau/", account.password, name="password"),
        path("tai-khoan/chuc-trach/", account.choose_duty, name="duty"),
        path("tai-khoan/ban-giu-lai/", account.late_form, name="late_form"),
    ], "account"))),
    path("lam-viec/", include(([
        path("", tasks.mine, name="mine"),
        path("loi-bao/", tasks.notices, name="notices"),
        path("tim/", tasks.search, name="search"),
    ], "tasks"))),
    path("lam-viec/phong-trao/", include(([
        path("", movements.all_movements, name="all"),
        path("moi/", movements.new, name="new"),
        path("luu-tam/", movements.autosave, name="autosave"),
        path("<slug:code>/", movements.one, name="one"),
        path("<slug:code>/sua/", movements.edit, name="edit"),
        path("<slug:code>/ban-xem-truoc.<str:format_>", movements.preview, name="preview"),
        path("<slug:code>/van-ban/<slug:paper>.<str:format_>", movements.paper, name="paper"),
        path("<slug:code>/nhap-theo-van-ban/", movements.record_approval, name="record_approval"),
        path("<slug:code>/trien-khai/", roll_out.roll_out, name="roll_out"),
        path("<slug:code>/xac-nhan/", roll_out.acknowledge, name="acknowledge"),
        path("<slug:code>/viec-xong/", roll_out.finish, name="finish"),
        path("<slug:code>/nhac/", roll_out.remind, name="remind"),
        path("<slug:code>/<slug:name>/", movements.step, name="step"),
    ], "movements"))),
    path("lam-viec/ban-doc/", include(([
        path("", reviews.new, name="new"),
        path("<slug:code>/", reviews.one, name="one"),
        path("<slug:code>/lap-phong-trao/", reviews.use, name="use"),
        path("<slug:code>/ghi-cho-kiem-chung/", reviews.report, name="report"),
        path("<slug:code>/bo/", reviews.drop, name="drop"),
    ], "reviews"))),
    path("lam-viec/dang-ky/", include(([
        path("phong-trao/<slug:code>/", registrations.summary, name="summary"),
        path("phong-trao/<slug:code>/tong-hop.<str:format_>", registrations.summary_file, name="summary_file"),
        path("<slug:code>/", registrations.one, name="one"),
        path("<slug:code>/bo-dong/", registrations.take_back, name="take_back"),
        path("<slug:code>/dan/", registrations.paste, name="paste"),
        path("<slug:code>/dang-ky.xlsx", registrations.as_xlsx, name="xlsx"),
        path("<slug:code>/<slug:name>/", registrations.step, name="step"),
    ], "registrations"))),
    path("lam-viec/ho-so/", include(([
        path("", dossiers.all_dossiers, name="all"),
        path("moi/", dossiers.new, name="new"),
        path("luu-tam/", dossiers.autosave, name="autosave"),
        path("<slug:code>/", dossiers.one, name="one"),
        path("<slug:code>/binh-xet/", dossiers.review, name="review"),
        path("<slug:code>/buoc/<slug:name>/", dossiers.step, name="step"),
        path("<slug:code>/danh-sach.xlsx", dossiers.export, name="export"),
        path("<slug:code>/ban-xem-truoc/<slug:form>.<str:format_>", dossiers.preview, name="preview"),
        path("<slug:code>/van-ban/<slug:paper>.<str:format_>", dossiers.paper, name="paper"),
        path("<slug:code>/de-nghi/moi/", nominations.new, name="nominate"),
        path("<slug:code>/de-nghi/dan/", nominations.paste, name="paste"),
        path("<slug:code>/de-nghi/<slug:line>/", nominations.one, name="nomination"),
        path("<slug:code>/de-nghi/<slug:line>/sua/", nominations.edit, name="edit"),
        path("<slug:code>/de-nghi/<slug:line>/rut/", nominations.withdraw, name="withdraw"),
        path("<slug:code>/de-nghi/<slug:line>/nhan-dinh/", nominations.judge, name="judge"),
        path("<slug:code>/de-nghi/<slug:line>/minh-chung/", nominations.attach, name="attach"),
        path("<slug:code>/de-nghi/<slug:line>/minh-chung/<slug:file>/", nominations.download, name="evidence"),
        path("<slug:code>/de-nghi/<slug:line>/minh-chung/<slug:file>/bo/", nominations.detach, name="detach"),
    ], "dossiers"))),
    path("lam-viec/nhap-danh-sach/", include(([
        path("", intake.all_batches, name="all"),
        path("<slug:code>/", intake.one, name="one"),
        path("<slug:code>/cot/", intake.columns, name="columns"),
        path("<slug:code>/dong/<int:place>/", intake.row, name="row"),
        path("<slug:code>/de-lai/", intake.leave_out, name="leave_out"),
        path("<slug:code>/nguoi/", intake.people, name="people"),
        path("<slug:code>/nguoi/<int:place>/", intake.who, name="who"),
        path("<slug:code>/ghi/", intake.confirm, name="confirm"),
        path("<slug:code>/buoc/<slug:name>/", intake.step, name="step"),
        path("<slug:code>/ket-qua.xlsx", intake.give_back, name="give_back"),
        path("<slug:code>/tep/", intake.download, name="download"),
    ], "intake"))),
    path("lam-viec/dieu-kien/", include(([
        path("ca-nhan/<slug:code>/", eligibility.person, name="person"),
        path("tap-the/<slug:code>/", eligibility.unit, name="unit"),
    ], "eligibility"))),
    path("lam-viec/ghi-so/", include(([
        path("<slug:code>/", ledger.enter, name="enter"),
        path("<slug:code>/da-du/", ledger.completeness, name="completeness"),
    ], "ledger"))),
    path("lam-viec/cho-kiem-chung/", include(([
        path("", claims.all_claims, name="all"),
        path("<slug:code>/", claims.one, name="one"),
        path("<slug:code>/khong-ghi-nhan/", claims.dismiss, name="dismiss"),
        path("<slug:code>/quyet-dinh/", claims.decision, name="decision"),
    ], "claims"))),
    path("lam-viec/so-vang/", include(([
        path("", people.all_people, name="all"),
        path("<slug:code>/", people.one, name="one"),
    ], "people"))),
    path("lam-viec/don-vi/", include(([
        path("", units.all_units, name="all"),
        path("<slug:code>/", units.one, name="one"),
    ], "units"))),
    path("lam-viec/tai-khoan/", include(([
        path("", accounts.all_accounts, name="all"),
        path("moi/<slug:code>/", accounts.open_account, name="open"),
        path("<slug:code>/cap-lai/", accounts.reset, name="reset"),
        path("<slug:code>/khoa-mo/", accounts.close_or_reopen, name="close_or_reopen"),
    ], "accounts"))),
    path("lam-viec/to-chuc/", include(([
        path("don-vi-moi/", organisation.new_unit, name="new_unit"),
        path("nguoi-moi/", organisation.new_person, name="new_person"),
        path("nguoi/<slug:code>/", organisation.person, name="person"),
        path("nguoi/<slug:code>/chuc-trach/", organisation.give_duty, name="give_duty"),
        path("nguoi/<slug:code>/ket-thuc/<int:place>/", organisation.end_duty, name="end_duty"),
        path("nguoi/<slug:code>/ky-thay/", organisation.delegate, name="delegate"),
    ], "organisation"))),
    path("lam-viec/tep/", include(([
        path("<slug:code>/", files.one, name="one"),
        path("<slug:code>/tai-ve/", files.download, name="download"),
    ], "files"))),
]
# fmt: on
handler400 = "bangvang.web.ui.errors.too_much"
handler404 = "bangvang.web.ui.errors.not_found"
handler500 = "bangvang.web.ui.errors.broken"
