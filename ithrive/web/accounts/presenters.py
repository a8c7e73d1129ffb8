"""People, roles and invitations in words, for their pages."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from ithrive.web.accounts.models import Invitation, Person, RoleHeld
from ithrive.web.accounts.rules import InvitationState
from ithrive.web.areas.models import LocalArea
from ithrive.web.components.parts import breadcrumbs, summary_list, table
from ithrive.web.rights import Role

Params = dict[str, Any]
Links = Iterable[tuple[str, str, str]]


def day(value: date | datetime | None) -> str:
    return f"{value:%-d %B %Y}" if value else ""


def when_held(held: RoleHeld, today: date) -> str:
    """“since 1 March 2026”, “from 1 May 2026”, “1 March 2025 to 1 March 2026”."""
    if held.ends:
        return f"{day(held.starts)} to {day(held.ends)}"
    return f"{'since' if held.starts <= today else 'from'} {day(held.starts)}"


def actions(links: Links) -> SafeString:
    """Links as (text, whom, address): whom is heard, not seen, and tells the links of the rows apart."""
    markup = '<a class="nhsuk-link" href="{}">{}<span class="nhsuk-u-visually-hidden"> {}</span></a>'
    return format_html_join(" ", markup, ((href, text, whom) for text, whom, href in links))


def people_table(people: Iterable[Any]) -> Params:
    """`people` as `people_found` gives them."""
    rows = [
        (
            (person.name, reverse("accounts:person", args=[person.reference])),
            person.email,
            "; ".join(role_and_place(each) for each in person.current_roles) or "None today",
            "Open" if person.is_active else "Closed",
        )
        for person in people
    ]
    return table("People", ["Name", "Email address", "Roles today", "Account"], rows)


def role_and_place(held: RoleHeld | Invitation) -> str:
    role = Role(held.role).label
    return f"{role}, {held.area.name}" if held.area else role


def person_summary(person: Person) -> Params:
    return summary_list(
        [
            ("Name", person.name),
            ("Email address", person.email),
            ("Account", f"{'Open' if person.is_active else 'Closed'}, made on {day(person.joined)}"),
            ("Last signed in", day(person.last_login) or "Never"),
        ]
    )


def roles_table(roles: Iterable[RoleHeld], today: date, *, may_end: bool) -> Params:
    rows = []
    for held in roles:
        ended = held.ends is not None and held.ends <= today
        row: list[object] = [role_and_place(held), when_held(held, today)]
        if may_end:
            row.append(
                "Ended" if ended else (f"End{hidden(held)}", reverse("accounts:end_role", args=[held.pk]))
            )
        rows.append(row)
    return table("Roles", ["Role", "When", "Change"] if may_end else ["Role", "When"], rows)


def hidden(held: RoleHeld) -> str:
    """What tells one “End” link from another."""
    return f" {role_and_place(held)}"


def workers_table(roles: Sequence[RoleHeld], today: date, appointable: frozenset[Role]) -> Params:
    """Who works on an area. `appointable`: the roles that the reader may end here."""
    headings = ["Name", "Role", "When", *(["Change"] if appointable else [])]
    rows = []
    for held in roles:
        row: list[object] = [held.person.name, Role(held.role).label, when_held(held, today)]
        if appointable:
            end = (f"End {held.person.name}’s role", reverse("accounts:end_role", args=[held.pk]))
            row.append(end if Role(held.role) in appointable else "")
        rows.append(row)
    return table("People with a role here", headings, rows)


def invitations_table(invitations: Iterable[Invitation], now: datetime) -> Params:
    headings = ["Invited", "Role", "Sent", "State", "Change"]
    return table("Invitations", headings, [invitation_row(each, now) for each in invitations])


def invitation_row(invitation: Invitation, now: datetime) -> list[object]:
    state = invitation.state(now)
    whom = invitation.email
    expires = "expired" if state is InvitationState.EXPIRED else "expires"
    links = [
        ("Send again", f"to {whom}", reverse("accounts:resend_invitation", args=[invitation.pk])),
        ("Withdraw", f"from {whom}", reverse("accounts:withdraw_invitation", args=[invitation.pk])),
    ]
    return [
        invitation.email,
        role_and_place(invitation),
        f"{day(invitation.sent_at)} by {invitation.invited_by or 'the programme'}",
        f"{expires.capitalize()} on {day(invitation.expires_at)}",
        actions(links),
    ]


def area_breadcrumbs(area: LocalArea) -> Params:
    home = f"/areas/{area.country.slug}/"
    return breadcrumbs(
        ("Areas", "/areas/"), (area.country.name, home), (area.name, f"{home}{area.kind}/{area.code}/")
    )


def area_people(area: LocalArea, name: str = "area_people") -> str:
    return reverse(f"accounts:{name}", args=[area.country.slug, area.kind, area.code])


def role_page(held: RoleHeld, *, administrator: bool) -> str:
    """Where to go after changing a role: the person's page, or for a lead the area's people."""
    if administrator or held.area is None:
        return reverse("accounts:person", args=[held.person.reference])
    return area_people(held.area)


def invitations_page(invitation: Invitation) -> str:
    """Where an invitation is listed."""
    return area_people(invitation.area) if invitation.area else reverse("accounts:invitations")
