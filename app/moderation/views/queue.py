"""The queue, worst first, and one thing with what was done to it."""

from __future__ import annotations

from typing import Any

from flask import get_flashed_messages, render_template, request, url_for
from flask_babel import gettext as _

from app.contributions import messages as contribution_words
from app.contributions import queries as contributions
from app.contributions.rules.privacy import personal_data
from app.contributions.rules.terms import Visibility
from app.core import clock
from app.core.guard import current_actor, guarded
from app.core.web import page_number, pager
from app.deliberation import messages as deliberation_words
from app.deliberation import queries as deliberation
from app.moderation import messages, queries, services
from app.moderation.forms import BulkForm, HideForm, PersonForm, RetireForm
from app.moderation.permissions import GRANTS, ModerationPermission
from app.moderation.rules.reports import Pile
from app.moderation.views import bp
from app.processes import queries as processes

URL = "/mesa/procesos/<slug>/moderacion"
TABS = {"denunciados": Pile.REPORTED, "sospechosos": Pile.SUSPECT, "ocultos": Pile.HIDDEN}


def subject_of(slug: str, code: str) -> Any:
    return queries.moderated(slug, code)


def moderator() -> int:
    return current_actor().person_id or 0


@bp.get(URL)
@guarded(ModerationPermission.MODERATE, GRANTS, load=processes.process_by_slug)
def queue(process: Any) -> str:
    return queue_page(process, request.args.get("ver", ""), BulkForm(formdata=None))


def queue_page(process: Any, asked: str, form: BulkForm, chosen: Any = ()) -> str:
    """A tab of the queue; `form` and `chosen` are the bulk act as far as it was filled."""
    pile, now = TABS.get(asked, Pile.WAITING), clock.now()
    page = queries.queue_page(process.id, pile, page_number(), now)
    kept: dict[str, Any] = {"ver": asked} if asked in TABS else {}
    hidden = [entry.subject.id for entry in page.rows if pile is Pile.HIDDEN and not is_comment(entry.subject)]
    return render_template(
        "moderation/queue.html", process=process, space=process.space, page=page, pile=pile, cards=_cards(page.rows),
        reasons=messages.HIDING_REASONS, all_reasons=messages.REASONS, tombstones=queries.tombstones(hidden), form=form, chosen=set(chosen),
        title=messages.PILES[pile] if pile is not Pile.WAITING else _("Moderación"), chips=_chips(process, pile, now), asked=asked,
        pager=pager(page, lambda n: url_for("moderation.queue", slug=process.slug, pagina=n, **kept)),
        flashes=get_flashed_messages(with_categories=True), appeals=queries.open_appeals(process.id, 1).total,
    )  # fmt: skip


def _chips(process: Any, here: Pile, now: Any) -> list[dict[str, Any]]:
    counts = queries.pile_counts(process.id, now)
    names = {pile: name for name, pile in TABS.items()}
    return [
        {
            "text": words, "count": counts.get(pile), "href": url_for("moderation.queue", slug=process.slug, ver=names.get(pile)),
            "here": pile is here,
        }
        for pile, words in messages.PILES.items()
    ]  # fmt: skip


@bp.get(f"{URL}/<code>")
@guarded(ModerationPermission.MODERATE, GRANTS, load=subject_of)
def show(subject: Any) -> str:
    return page_of(subject)


def is_comment(subject: Any) -> bool:
    """A comment has a side; a contribution has a channel."""
    return hasattr(subject, "side")


def page_of(
    subject: Any, *, form: HideForm | None = None, retiring: RetireForm | None = None, person: PersonForm | None = None,
    late: bool = False, action: Any = None, trouble: str = "",
) -> str:  # fmt: skip
    """One contribution or comment with its acts, reports and, of a comment, the account behind it."""
    process, now = subject.process, clock.now()
    on_person = is_comment(subject)
    acts = queries.actions_on(subject)
    return render_template(
        "moderation/show.html", subject=subject, process=process, space=process.space, form=form or HideForm(None),
        retiring=retiring or RetireForm(None), person=person or PersonForm(None), is_comment=on_person, **named(subject),
        seen=services.fingerprint(subject), standing=contribution_words.VISIBILITIES[subject.visibility], late=late, trouble=trouble,
        action=action, actions=acts, appeals=queries.appeals_of(act.id for act in acts), reasons=messages.HIDING_REASONS,
        all_reasons=messages.REASONS, kinds=messages.KINDS, outcomes=messages.OUTCOMES, states=Visibility, hints=hints(subject),
        reports=queries.reports_on(subject), marks=_marks(subject), flashes=get_flashed_messages(with_categories=True),
        suspension=deliberation.suspension_of(subject.author_id, process.space_id, now) if on_person else None,
        sanctions=queries.sanctions_of(subject.author_id) if on_person else (), **({} if on_person else _brought(subject)),
    )  # fmt: skip


def _brought(contribution: Any) -> dict[str, Any]:
    """What came with a contribution, and what its author changed."""
    return {
        "changes": _changes(contribution), "files": contributions.media_of(contribution.id),
        "where": contributions.whereabouts([contribution.id]).get(contribution.id),
    }  # fmt: skip


def _changes(contribution: Any) -> list[dict[str, Any]]:
    """What its author wrote at each time and what it became, the latest change first: rows of components/version_diff.html."""
    texts = [*contributions.earlier_words(contribution.id), contribution]
    found = []
    for n, (old, new) in enumerate(zip(texts, texts[1:], strict=False), start=1):
        title = {"label": _("Título"), "before": old.title, "after": new.title}
        words = {"label": _("Texto"), "before": old.text, "after": new.text}
        found.append({"n": n, "at": old.replaced_at, "rows": [title, words]})
    return found[::-1]


def named(subject: Any) -> dict[str, Any]:
    """What a comment and a contribution are called on pages of moderation."""
    if is_comment(subject):
        title = _("Comentario: %(side)s", side=str(deliberation_words.SIDES[subject.side]).lower())
        about = subject.contribution
        return {"title": title, "channel": _("Comentario a %(code)s", code=about.code), "since": subject.written_at, "about": about}
    return {
        "title": subject.title, "channel": contribution_words.CHANNELS[subject.channel], "since": subject.received_at, "about": None,
    }  # fmt: skip


def _cards(entries: Any) -> list[dict[str, Any]]:
    """With what contributions carry besides their words: a place, photos or an audio, changes by their author."""
    ids = [entry.subject.id for entry in entries if not is_comment(entry.subject)]
    where, with_media, changed = contributions.whereabouts(ids), contributions.with_media(ids), contributions.changed_by_author(ids)
    cards = []
    for entry in entries:
        own = None if is_comment(entry.subject) else entry.subject.id
        reference = where[own].reference if own in where else ""
        cards.append(_card(entry) | {"reference": reference, "has_media": own in with_media, "was_changed": own in changed})
    return cards


def _card(entry: Any) -> dict[str, Any]:
    subject = entry.subject
    return {
        "row": subject, **named(subject), "hints": hints(subject), "seen": services.fingerprint(subject),
        "marks": [messages.MARKS[mark] for mark in entry.marks if mark.value != "personal-data"],
        "reports": [(messages.REASONS[report.reason], report.words) for report in entry.reports], "is_comment": is_comment(subject),
    }  # fmt: skip


def _marks(subject: Any) -> list[Any]:
    found = queries.marks_on(subject)
    return [messages.MARKS[mark] for mark in found if mark.value != "personal-data"]


def hints(subject: Any) -> list[tuple[str, str]]:
    """What looks like personal data: (what it is, the words)."""
    texts = (subject.text,) if is_comment(subject) else (subject.title, subject.text, subject.organisation_name)
    return [(str(contribution_words.PERSONAL[hint.kind]), hint.words) for hint in personal_data(*texts)]
