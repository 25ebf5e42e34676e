"""Files of a record: uploaded with a plain form, taken off with a reason."""

from typing import Any

from flask import Response
from flask_babel import gettext as _

from app.activities import queries, services
from app.activities.forms import UploadForm, WithdrawalForm
from app.activities.permissions import GRANTS, ActivityPermission
from app.activities.views import bp
from app.activities.views.record import BASE, _back, _person_id, _record_of, page
from app.core import clock
from app.core.db import db
from app.core.guard import guarded
from app.core.web import carried_out
from app.evidence import queries as evidence


@bp.post(f"{BASE}/archivos")
@guarded(ActivityPermission.RECORD, GRANTS, load=queries.activity_by_slugs)
def upload(activity: Any) -> Response:
    form = UploadForm(prefix="file-")
    if carried_out(
        form,
        lambda: services.attach(
            activity,
            form.upload(),
            kind=form.chosen_kind,
            title=form.title.data or "",
            is_for_public=form.is_for_public.data,
            person_id=_person_id(),
            now=clock.now(),
        ),
    ):
        db.session.commit()
        return _back(activity.opportunity, _("El archivo está guardado."), "archivos")
    return page(_record_of(activity), 422, uploading=form)


@bp.post(f"{BASE}/archivos/<key>/retirar")
@guarded(ActivityPermission.RECORD, GRANTS, load=lambda slug, activity, key: _file(slug, activity, key))
def withdraw(found: Any) -> Response:
    form = WithdrawalForm(prefix=f"gone-{found.file.key[:6]}-")
    if carried_out(
        form, lambda: services.withdraw_file(found.activity, found.file, form.reason.data, person_id=_person_id(), now=clock.now())
    ):
        db.session.commit()
        return _back(found.activity.opportunity, _("El archivo ya no se muestra; se conserva con su huella."), "archivos")
    return page(_record_of(found.activity), 422, withdrawing=form, withdrawing_key=found.file.key)


class _FileOfRecord:
    """A file together with the record it belongs to, so that both decide who may touch it."""

    def __init__(self, activity: Any, file: Any) -> None:
        self.activity, self.file = activity, file
        self.scope, self.published_at = activity.scope, activity.published_at


def _file(slug: str, activity: str, key: str) -> _FileOfRecord | None:
    record, file = queries.activity_by_slugs(slug, activity), evidence.attachment(key)
    if record is None or file is None or (file.subject_kind, file.subject_id) != (queries.SUBJECT, record.id):
        return None
    return _FileOfRecord(record, file)
