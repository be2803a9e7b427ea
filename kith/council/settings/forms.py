"""What is asked when the council changes something it may set."""

from datetime import date
from typing import Any

from kith.council.settings.policies import MOST
from kith.council.settings.queries import Known
from kith.kit.forms import Day, Form, LongAnswer, Number, Read, ShortAnswer


class SettingForm(Form):
    """To what, from which day, and why."""

    since = Day("From which day?", missing="Say from which day.", too_early="Choose today or a day to come.")
    why = LongAnswer("Why?", missing="Say why, and who agreed it.", rows=2, longest=500)
    read = Read()
    field_order = ("value", "since", "why", "read")

    def __init__(self, *given: Any, known: Known, today: date, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["since"].earliest = today  # type: ignore[attr-defined]
        if known.counts:
            self.fields["value"] = Number("How many?", unit=known.unit, missing="Write how many.", least=0, most=MOST)
        else:
            self.fields["value"] = ShortAnswer(known.label, missing="Write it in words.")
        self.order_fields(self.field_order)
