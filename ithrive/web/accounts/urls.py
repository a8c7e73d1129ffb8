from django.urls import path

from ithrive.web.accounts.views import accept, invitations, people, roles, wanted

app_name = "accounts"
urlpatterns = [
    path("", people.index, name="people"),
    path("me/", people.me, name="me"),
    path("me/name/", people.my_name, name="my_name"),
    path("me/go-on/", wanted.go_on, name="go_on"),
    path("invitations/", invitations.index, name="invitations"),
    path("invitations/new/", invitations.invite, name="invite"),
    path("invitations/<int:number>/send-again/", invitations.resend, name="resend_invitation"),
    path("invitations/<int:number>/withdraw/", invitations.withdraw, name="withdraw_invitation"),
    path("accept/<str:token>/", accept.accept, name="accept"),
    path("roles/<int:number>/end/", roles.end_role, name="end_role"),
    path("area/<slug:country>/<slug:kind>/<str:code>/", roles.area_people, name="area_people"),
    path(
        "area/<slug:country>/<slug:kind>/<str:code>/invite/",
        invitations.invite_to_area,
        name="invite_to_area",
    ),
    path("<slug:reference>/", people.person, name="person"),
    path("<slug:reference>/give-role/", people.give_role, name="give_role"),
    path("<slug:reference>/close/", people.close_account, name="close_account"),
    path("<slug:reference>/reopen/", people.reopen_account, name="reopen_account"),
]
