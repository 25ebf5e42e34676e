"""Money and files, as the forms of a round take them."""

import re
from decimal import Decimal
from typing import Any

from flask_babel import gettext
from flask_wtf.file import FileField
from wtforms import StringField
from wtforms.validators import InputRequired, Optional

from app.budgeting import messages
from app.core.errors import Problem
from app.core.fields import REQUIRED, Form
from app.evidence.rules import FileUpload

_SOLES = re.compile(r"\d{1,3}(,\d{3})*(\.\d{1,2})?|\d{1,14}(\.\d{1,2})?")


class BudgetForm(Form):
    """A form whose problems are those of a round."""

    messages = messages.PROBLEMS

    def sentence(self, problem: Problem) -> str:
        return messages.said(problem) if problem.code in messages.PROBLEMS else super().sentence(problem)


class SolesField(StringField):
    """Soles as people write them (9600000, 9,600,000.50 or S/ 9,600,000); `cents` is the amount in céntimos."""

    cents: int | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        written = (self.data or "").strip()
        bare = written.upper().removeprefix("S/.").removeprefix("S/").replace("\u00a0", "").replace(" ", "")
        self.cents = None
        if not bare:
            return
        if not _SOLES.fullmatch(bare):
            raise ValueError(gettext("Escriba el monto con números, por ejemplo 1,250,000.50."))
        self.cents = int(Decimal(bare.replace(",", "")) * 100)

    def show_cents(self, cents: int) -> None:
        self.cents = cents
        self.data = f"{cents // 100:,}" + (f".{cents % 100:02}" if cents % 100 else "")


def soles(label: Any, *, required: bool = True, **kwargs: Any) -> SolesField:
    return SolesField(label, validators=[InputRequired(REQUIRED) if required else Optional()], **kwargs)


def uploaded(field: FileField) -> FileUpload | None:
    """The file, if one was chosen."""
    sent = field.data
    return FileUpload(sent.filename or "", sent.read(), "utf-8") if sent and getattr(sent, "filename", "") else None
