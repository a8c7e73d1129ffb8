"""A small universe for every test with people in it.

    Thornmere (fictional)       Alderbrook             Brackenford         everywhere
    local areas                 Ada leads              Cam leads           Eve evaluates
                                Ben contributes                            Pat is in the programme team
                                Mia is a member                            Dan administers
                                Col coaches

Cam must be turned away from all that is Alderbrook's own. Every page has a test with Cam.
"""

from dataclasses import dataclass
from datetime import date

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.http import HttpRequest
from django.test import Client

from ithrive.web.accounts.models import Person, RoleHeld
from ithrive.web.areas.models import Country, Geography, LocalArea, Place
from ithrive.web.rights import Role

SINCE = date(2024, 1, 1)
PASSWORD = "quiet-heron-reeds-7"
# The shared secret of everyone in the cast who has an authenticator app.
SECRET = "JBSWY3DPEHPK3PXP"

ROLES = {
    "ada": (Role.LEAD, "alderbrook"),
    "ben": (Role.CONTRIBUTOR, "alderbrook"),
    "mia": (Role.MEMBER, "alderbrook"),
    "col": (Role.COACH, "alderbrook"),
    "cam": (Role.LEAD, "brackenford"),
    "eve": (Role.EVALUATOR, None),
    "pat": (Role.PROGRAMME, None),
    "dan": (Role.ADMINISTRATOR, None),
}


@dataclass(frozen=True)
class Cast:
    country: Country
    alderbrook: LocalArea
    brackenford: LocalArea
    ada: Person
    ben: Person
    mia: Person
    col: Person
    cam: Person
    eve: Person
    pat: Person
    dan: Person

    def everyone(self) -> dict[str, Person]:
        return {name: getattr(self, name) for name in ROLES}


def assemble() -> Cast:
    """The whole cast, in the database."""
    country = Country.objects.create(slug="thornmere", name="Thornmere", fictional=True, revision="cast")
    geography = Geography.objects.create(
        country=country, key="LA24", kind="local-area", title="Local areas, 2024", starts=SINCE
    )
    areas = {
        "alderbrook": local_area(geography, "T001", "Alderbrook"),
        "brackenford": local_area(geography, "T002", "Brackenford"),
    }
    people = {
        name: person(name.capitalize(), role=role, area=areas[where] if where else None)
        for name, (role, where) in ROLES.items()
    }
    return Cast(country=country, **areas, **people)


def local_area(geography: Geography, code: str, name: str) -> LocalArea:
    area = LocalArea.objects.create(
        country=geography.country, kind=geography.kind, code=code, name=name, starts=geography.starts
    )
    Place.objects.create(geography=geography, local_area=area, name=name)
    return area


def person(
    name: str, *, role: Role | None = None, area: LocalArea | None = None, email: str | None = None
) -> Person:
    """Someone with a verified address and `PASSWORD`, holding a role since `SINCE`."""
    someone = Person.objects.create_user(email or f"{name.lower()}@thornmere.example", PASSWORD, name=name)
    EmailAddress.objects.create(user=someone, email=someone.email, verified=True, primary=True)
    if role:
        RoleHeld.objects.create(person=someone, role=role, area=area, starts=SINCE)
    return someone


def signed_in(someone: Person | None, *, second_factor: bool = False) -> Client:
    """A client as this person (None: nobody), having proved an authenticator app if asked."""
    client = Client()
    if someone is None:
        return client
    client.force_login(someone)
    if second_factor:
        prove_second_factor(client, someone)
    return client


def prove_second_factor(client: Client, someone: Person) -> None:
    """Note in the client's session what allauth notes when a code was right."""
    authenticator = with_authenticator_app(someone)
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, someone, "mfa", id=authenticator.pk, type=authenticator.type)
    request.session.save()


def with_authenticator_app(someone: Person) -> Authenticator:
    """The person's authenticator app, set up with `SECRET` if they had none."""
    existing = Authenticator.objects.filter(user=someone, type=Authenticator.Type.TOTP).first()
    return existing or TOTP.activate(someone, SECRET).instance
