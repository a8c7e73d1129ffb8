"""Every address of the site, asked by every role for its own and for another area, as the table says."""

from datetime import timedelta
from hashlib import sha256

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone

from ithrive.framework.instruments import demonstration_instrument
from ithrive.periods import Quarter
from ithrive.web.accounts.models import Invitation, RoleHeld
from ithrive.web.areas.models import LocalArea, Membership, Support
from ithrive.web.assessments.actions.instruments import import_instrument
from ithrive.web.implementation.models import Action, Post, Priority, Stakeholder, StepEvidence
from ithrive.web.improvement.models import ChartNote, Cycle, Rebase
from ithrive.web.rights import Role
from tests.cast import SINCE, Cast, signed_in
from tests.web.assessments.said import said_in
from tests.web.assessments.scenes import small
from tests.web.assessments.standing import rounds_standing
from tests.web.evaluation.scenes import studies_standing
from tests.web.every_url import AREAS, ASKING, Row, addresses, rows
from tests.web.publications.scenes import releases_standing
from tests.web.returns.standing import returns_standing

FIRST = small().statement[0].code
TOKEN = "the-token-of-an-open-invitation"


def day(box: str) -> dict[str, str]:
    """Today in the three boxes of a form. Asked when it is sent: tests go on past midnight."""
    today = timezone.localdate()
    return {f"{box}_{number}": str(part) for number, part in enumerate((today.day, today.month, today.year))}


def sent() -> dict[str, dict[str, str]]:
    """What a form needs to be sent whole. An address that is not here is sent an empty form."""
    quarter = Quarter.of(timezone.localdate()).label
    return {
        "assessments:informant-add": {"view": "staff", "sector": "education", "level": "macro"},
        "assessments:consent-withdraw": {"sure": "on"},
        "assessments:notes-add": {"text": "Words"} | day("held_on"),
        "assessments:interview-remove": {"reason": "A mistake"},
        "assessments:pulse-links": {"number": "3", "kind": "csv"},
        "assessments:save-rating": {"statement": FIRST, f"seen-{FIRST}": "0:page", f"score-{FIRST}": "3"},
        "assessments:rate": {f"seen-{FIRST}": "0:page", f"score-{FIRST}": "3"},
        "assessments:reopen": {"reason": "A mistake"},
        "assessments:one-rater": {"reason": "The other fell ill"},
        "assessments:share": {"statement": "With our coach"},
        "returns:ask": {"question": "Why so many?"},
        "returns:answer": {"words": "A new team"},
        "returns:again": {"reason": "Late records"},
        "returns:key-make": {"name": "A job"},
        "returns:expect": {"areas": "T001", "first": quarter, "count": "1", "due": "6", "closes": "10"},
        "returns:deadlines": day("due_on") | day("closes_on"),
        "accounts:my_name": {"name": "Another Name"},
        "accounts:invite": {"email": "new@thornmere.example", "role": "evaluator"},
        "accounts:invite_to_area": {"email": "new@thornmere.example", "role": "member"},
        "accounts:end_role": day("on"),
        "accounts:give_role": {"role": "evaluator"} | day("starts"),
        "accounts:accept": {"name": "Nia New", "password": "bright-otter-stones-4"},
    }


# Tables that any request may write to: sessions, when they were last seen, and the rate limits' cache.
PASSING = ("django_session", "usersessions_usersession", "cache")

INSTRUMENT: dict[str, object] = {"code": "demonstration", "version": "1"}
BESIDE_MEASURES = ("notes", "note-add", "note-remove", "rebase-add", "rebase-remove")
# What stands in an address where neither the cast nor the scenery says it.
PARTS: dict[str, dict[str, object]] = {
    "framework:grouping": {"code": "thriving"},
    "framework:principle-set": {"code": "key"},
    "framework:principle": {"set_code": "key", "code": "common-language"},
    "framework:approach-phase": {"code": "sustaining"},
    "framework:approach-step": {"phase_code": "sustaining", "code": "reflecting"},
    "assessments:round-export": {"ending": "csv"},
    "assessments:every-export": {"ending": "csv"},
    "assessments:redcap-export": INSTRUMENT,
    "assessments:instrument": INSTRUMENT,
    "assessments:instrument-since": INSTRUMENT | {"other": "1"},
    "assessments:instrument-download": INSTRUMENT | {"ending": "csv"},
    "areas:map-download": {"ending": "csv"},
    "implementation:evidence-record": {"step": "engagement"},
    "overview:choose": {"statement": "common_understanding"},
    "overview:area-chart": {"measure": "H2"},
    "overview:area-chart-download": {"measure": "H2", "drawing": "chart", "ending": "csv"},
    "overview:measure": {"measure": "H2"},
    "overview:measure-definition": {"measure": "H2", "ending": "yaml"},
    **{f"improvement:{page}": {"measure": "H1"} for page in BESIDE_MEASURES},
    **{f"releases:{page}": {"reference": "shown"} for page in ("release", "about", "report")},
    **{f"releases:{page}": {"reference": "waiting"} for page in ("let-go", "withdraw")},
    "releases:download": {"reference": "shown", "ending": "csv"},
    "releases:table": {"reference": "shown", "measure": "T1"},
    "releases:go-on": {"reference": "half-done"},
    **{f"api:{call}": {"reference": "shown"} for call in ("release", "figures")},
    "api:no_such_call": {"rest": "nothing-here"},
    "api:boundaries": {"geography": "LA24"},
    "api:values": {"key": "no-such-attribute"},
    "api:send_return": {"quarter": "2026-27-Q1"},
    "mfa_remove_webauthn": {"pk": 1},
    "mfa_edit_webauthn": {"pk": 1},
    "openid_connect_login": {"provider_id": "organisation"},
    "openid_connect_callback": {"provider_id": "organisation"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "set-password"},
}
# What belongs to interviews and pulses: they stand in the round that is open.
SAID_IN = (
    "assessments:interview", "assessments:informant", "assessments:consent", "assessments:notes",
    "assessments:transcript", "assessments:passage", "assessments:guide", "assessments:pulse",
    "assessments:past-rounds", "pulse:answer",
)  # fmt: skip
# Which thing of the scenery a `number` counts, by how the address begins.
NUMBERED = {
    **dict.fromkeys(SAID_IN, "round_open"),
    "implementation:evidence": "evidence",
    "implementation:post": "post",
    "implementation:stakeholder": "stakeholder",
    "implementation:priority": "priority",
    "implementation:action": "planned",
    "improvement:note": "note",
    "improvement:rebase": "rebase",
    "improvement:cycle": "cycle",
    "areas:role": "membership",
    "areas:support": "support",
    "accounts:end_role": "held",
    "accounts:": "invitation",
    **dict.fromkeys(("assessments:open", "assessments:name-rater"), "round_scheduled"),
    "assessments:remove": "round_to_come",
    "assessments:missed": "round_overdue",
    **dict.fromkeys(
        (
            "assessments:practice",
            "assessments:rate",
            "assessments:save",
            "assessments:submit",
            "assessments:one",
            "assessments:withdraw",
        ),
        "round_open",
    ),
    **dict.fromkeys(
        ("assessments:moderate", "assessments:agreement", "assessments:return", "assessments:lock"),
        "round_moderating",
    ),
    "assessments:sign-off": "round_locked",
    "assessments:share": "kept",
    "assessments:": "round",
}


def everyone(cast: Cast) -> dict[str, Client]:
    people = dict(
        zip(ASKING[1:-1], (cast.mia, cast.ben, cast.ada, cast.col, cast.eve, cast.pat, cast.dan), strict=True)
    )
    clients = {name: signed_in(person) for name, person in people.items()}
    return {"public": signed_in(None), **clients, "admin+2nd": signed_in(cast.dan, second_factor=True)}


def scenery(cast: Cast, code: str) -> dict[str, object]:
    """Something in the area for every address to point at."""
    area = cast.alderbrook if code == "T001" else cast.brackenford
    worker = (
        RoleHeld.objects.get(person=cast.cam) if code == "T002" else RoleHeld.objects.get(person=cast.mia)
    )
    worker.role = Role.MEMBER
    worker.save()
    invitation = Invitation.objects.create(
        email="nia@thornmere.example",
        role=Role.MEMBER,
        area=area,
        invited_by=cast.dan,
        sent_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=1),
        token_digest=sha256(TOKEN.encode()).hexdigest(),
    )
    membership = Membership.objects.create(area=area, role="member", starts=SINCE)
    support = Support.objects.create(
        area=area, on=SINCE, kind="call", days=1, given_by="Col", purpose="a call"
    )
    import_instrument(instrument=demonstration_instrument(), source="the platform", by=cast.pat)
    work = work_of(area)
    releases_standing(cast)
    confirmation = EmailConfirmationHMAC(EmailAddress.objects.get(user=cast.ada))
    return {
        "cast": cast, "area": area,
        "country": "thornmere", "kind": "local-area", "code": code, "reference": cast.mia.reference,
        "token": TOKEN, "membership": membership.pk, "support": support.pk, "key": confirmation.key,
        "held": worker.pk, "invitation": invitation.pk, **rounds_standing(cast, area), **work,
    }  # fmt: skip


def work_of(area: LocalArea) -> dict[str, object]:
    """One of each thing that an area's plan is made of."""
    evidence = StepEvidence.objects.create(
        area=area, step="engagement", shows="begun", on=SINCE, what="a talk"
    )
    post = Post.objects.create(area=area, kind="lead", holder="Jo", sector="education", starts=SINCE)
    stakeholder = Stakeholder.objects.create(
        area=area, name="A forum", sector="education", influence=3, engagement=1, noted_on=SINCE
    )
    priority = Priority.objects.create(area=area, title="One door", chosen_because="asked", chosen_on=SINCE)
    planned = Action.objects.create(priority=priority, title="Agree it", owner="Jo", due_on=SINCE)
    note = ChartNote.objects.create(area=area, measure="H1", day=SINCE, kind="merger", words="Two in one")
    rebase = Rebase.objects.create(area=area, measure="H1", on=SINCE, reason="A clinic", decided_by="Jo")
    cycle = Cycle.objects.create(
        area=area, change="Texts", aim="Fewer waits", prediction="Half", plan="Jo, daily", started=SINCE
    )
    return {
        "note": note.pk, "rebase": rebase.pk, "cycle": cycle.pk,
        "evidence": evidence.pk, "post": post.pk, "stakeholder": stakeholder.pk, "priority": priority.pk,
        "planned": planned.pk,
    }  # fmt: skip


def path_of(row: Row, scene: dict[str, object]) -> str:
    """The address itself; one without a name is its own route."""
    if "/" in row.address:
        return f"/{row.address}"
    # A reflection, kept or shared, stands in the place of whatever round the address points at.
    numbered = (
        row.area
        if row.area in {"kept", "shared"}
        else next((thing for start, thing in NUMBERED.items() if row.address.startswith(start)), "")
    )
    words = scene | {"number": scene.get(numbered)} | PARTS.get(row.address, {})
    if row.address.startswith(SAID_IN):
        words |= said_in(words["number"], TOKEN)
    if row.address.startswith("returns:"):
        cast, area = scene["cast"], scene["area"]
        assert isinstance(cast, Cast)
        assert isinstance(area, LocalArea)
        words |= returns_standing(row.address, cast, area)
    if row.address.startswith("studies:"):
        cast = scene["cast"]
        assert isinstance(cast, Cast)
        words |= studies_standing(cast)
    return reverse(row.address, kwargs={name: words[name] for name in names_in(row.address)})


def names_in(address: str) -> set[str]:
    """The names of the parts that an address leaves open, those of the resolvers above it included."""
    resolver = get_resolver()
    name = address
    while ":" in name:
        space, name = name.split(":", 1)
        resolver = resolver.namespace_dict[space][1]
    return set(resolver.reverse_dict.getlist(name)[0][0][0][1])


def answer(client: Client, row: Row, path: str) -> str:
    """The status, or where a redirect leads: `in` to sign in, `2nd` to the second factor."""
    with transaction.atomic():
        ask = client.get if row.method == "GET" else client.post
        response = ask(path, sent().get(row.address) if row.method == "POST" else None)
        transaction.set_rollback(True)
    if response.status_code != 302:
        return str(response.status_code)
    to = response.headers["Location"]
    if to.startswith("/account/login/?next="):
        return "in"
    return (
        "2nd"
        if to.startswith("/account/2fa/") and "next=" in to and not path.startswith("/account/")
        else "302"
    )


def test_every_address_is_in_the_table_and_the_table_has_no_other() -> None:
    written = {row.address for row in rows()}
    assert sorted(set(addresses()) - written) == [], "addresses that every_url.txt says nothing of"
    assert sorted(written - set(addresses())) == [], "rows of every_url.txt for addresses that are gone"


def test_addresses_of_an_area_are_asked_for_the_own_and_another() -> None:
    for address, pattern in addresses().items():
        if {"kind", "code"} <= set(pattern.pattern.converters):
            assert {row.area for row in rows() if row.address == address} >= {"own", "other"}, address


def test_an_address_without_a_row_for_post_changes_nothing(cast: Cast) -> None:
    """So that no change slips in without its row."""
    written = {row.address for row in rows() if row.method == "POST"}
    clients = [signed_in(None), signed_in(cast.pat), signed_in(cast.dan, second_factor=True)]
    scene = scenery(cast, AREAS["own"])
    for address in set(addresses()) - written:
        for client in clients:
            with transaction.atomic():
                path = path_of(Row(address, "POST", "own", ()), scene)
                with CaptureQueriesContext(connection) as asked:
                    client.post(path)
                transaction.set_rollback(True)
            assert changes_in(asked) == [], address


def changes_in(asked: CaptureQueriesContext) -> list[str]:
    """The statements that wrote to a table other than those of sessions and rate limits."""
    writing = [each["sql"] for each in asked if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    return [sql for sql in writing if not any(f'"{table}"' in sql for table in PASSING)]


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.method} {row.address} {row.area}")
def test_everyone_gets_what_the_table_says(row: Row, cast: Cast) -> None:
    path = path_of(row, scenery(cast, AREAS[row.area]))
    seen = Row(
        row.address, row.method, row.area, tuple(answer(c, row, path) for c in everyone(cast).values())
    )
    assert str(seen) == str(row)
