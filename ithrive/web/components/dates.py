"""A date as the NHS design system asks for it: day, month and year in three boxes."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError


class DateBoxes(forms.MultiWidget):
    """Three text boxes named NAME_0 (day), NAME_1 (month) and NAME_2 (year)."""

    BOXES: ClassVar = (("Day", 2), ("Month", 2), ("Year", 4))

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__([forms.TextInput() for _ in self.BOXES], attrs)

    def decompress(self, value: Any) -> list[str | None]:
        if not isinstance(value, date):
            return [None, None, None]
        return [str(value.day), str(value.month), str(value.year)]


class DayField(forms.Field):
    """A day. `name` is what a message calls it: "the assessment date"."""

    widget = DateBoxes

    def __init__(self, *, called: str, **options: Any) -> None:
        messages = {"required": f"Enter {called}"} | options.pop("error_messages", {})
        super().__init__(error_messages=messages, **options)
        self.called = called[0].upper() + called[1:]

    def to_python(self, value: list[str | None] | None) -> date | None:
        """The day typed into the three boxes; None if all are empty."""
        parts = [(part or "").strip() for part in value or ()]
        if not any(parts):
            return None
        missing = [name.lower() for (name, _), part in zip(DateBoxes.BOXES, parts, strict=True) if not part]
        if missing:
            raise ValidationError(f"{self.called} must include a {' and '.join(missing)}", code="incomplete")
        return self.day_from(*parts)

    def day_from(self, day: str, month: str, year: str) -> date:
        not_real = ValidationError(f"{self.called} must be a real date", code="invalid")
        if not (day + month + year).isascii() or not (day + month + year).isdigit():
            raise not_real
        if len(year) != 4:
            raise ValidationError("Year must include 4 numbers", code="invalid")
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            raise not_real from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True
