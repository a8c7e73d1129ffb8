"""Local areas in the database.

The reference tables (country to boundary) hold what `ithrive areas load` read; nobody edits them by
hand. Membership and support are the programme's own, and change only through `actions`.
"""

from django.db import models
from django.db.models import F, Q

from ithrive.areas.membership import MemberRole


class Country(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100)
    fictional = models.BooleanField(default=False)
    # Changes whenever anything about the country's areas is loaded: caches are keyed by it.
    revision = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.name


class Source(models.Model):
    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    publisher = models.CharField(max_length=200)
    licence = models.CharField(max_length=200)
    vintage = models.CharField(max_length=100)
    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    loaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.title


class Geography(models.Model):
    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="geographies")
    key = models.CharField(max_length=20)
    kind = models.SlugField(max_length=30)
    title = models.CharField(max_length=150)
    starts = models.DateField()
    ends = models.DateField(null=True)
    follows = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["id"]  # as the manifest names them: the kind that implements THRIVE comes first
        constraints = [
            models.UniqueConstraint(fields=["country", "key"], name="one_geography_per_key"),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=F("starts")), name="geography_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class LocalArea(models.Model):
    """Kept when a newer load no longer names it: memberships and history point at it."""

    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="local_areas")
    kind = models.SlugField(max_length=30)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=150)  # the last name it had; `Place` holds those before
    ods_code = models.CharField(max_length=10, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["country", "kind", "code"], name="one_local_area_per_code"),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=F("starts")), name="local_area_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """A local area as one geography knew it."""

    geography = models.ForeignKey(Geography, on_delete=models.CASCADE, related_name="places")
    local_area = models.ForeignKey(LocalArea, on_delete=models.CASCADE, related_name="places")
    name = models.CharField(max_length=150)
    ods_code = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["geography", "local_area"], name="a_place_once_per_geography")
        ]

    def __str__(self) -> str:
        return self.name


class Boundary(models.Model):
    """A place's outline in metres, as GeoJSON geometry. Apart from `Place`: pages draw from `Drawing`."""

    place = models.OneToOneField(Place, on_delete=models.CASCADE, related_name="boundary")
    outline = models.TextField()


class Drawing(models.Model):
    """The outlines of one geography made ready to draw, once, when it was loaded."""

    class Layout(models.TextChoices):
        LAND = "land", "Land"
        HEXAGONS = "hexagons", "Hexagons, each about as many children and young people"

    geography = models.ForeignKey(Geography, on_delete=models.CASCADE, related_name="drawings")
    layout = models.CharField(max_length=10, choices=Layout.choices)
    outlines = models.JSONField()  # view_box, paths by code, anchors by code
    per_hexagon = models.FloatField(null=True)  # people; None on land
    unplaced = models.PositiveIntegerField(default=0)  # areas drawn without knowing where they lie

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["geography", "layout"], name="one_drawing_per_layout"),
        ]


class Link(models.Model):
    from_place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="links_out")
    to_place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="links_in")
    share_of_from = models.FloatField()
    share_of_to = models.FloatField()
    basis = models.CharField(max_length=100)


class Population(models.Model):
    """Persons of one place at one mid-year; a list, index = single year of age."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="populations")
    mid_year = models.PositiveSmallIntegerField()
    persons = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "mid_year"], name="one_population_per_mid_year")
        ]


class Attribute(models.Model):
    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="attributes")
    key = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    unit = models.CharField(max_length=100)
    vintage = models.CharField(max_length=100)
    higher_means = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["country", "key"], name="one_attribute_per_key")]

    def __str__(self) -> str:
        return self.title


class AttributeValue(models.Model):
    attribute = models.ForeignKey(Attribute, on_delete=models.CASCADE, related_name="values")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="values")
    value = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attribute", "place"], name="one_value_per_attribute_and_place")
        ]


class Membership(models.Model):
    """An area in one role of the Community of Practice, for a time. Roles of an area do not overlap."""

    area = models.ForeignKey(LocalArea, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(
        max_length=20, choices=[(role.value, role.value.capitalize()) for role in MemberRole]
    )
    starts = models.DateField(null=True)  # None: the day is not known
    ends = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)  # where this is known from

    class Meta:
        ordering = ["starts", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gt=F("starts")),
                name="membership_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[r.value for r in MemberRole]), name="a_known_member_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}: {self.role}"


class Support(models.Model):
    """Direct support that the programme gave an area. Who recorded it is in the history."""

    class Kind(models.TextChoices):
        COACHING = "coaching", "Coaching"
        WORKSHOP = "workshop", "Workshop"
        TRAINING = "training", "Training"
        CONSULTANCY = "consultancy", "Consultancy"
        EVENT = "event", "Event"
        CALL = "call", "Call or email"

    area = models.ForeignKey(LocalArea, on_delete=models.PROTECT, related_name="support")
    on = models.DateField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    days = models.DecimalField(max_digits=5, decimal_places=2)
    given_by = models.CharField(max_length=100)
    purpose = models.CharField(max_length=300)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(days__gte=0), name="support_days_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.kind}: {self.area}"
