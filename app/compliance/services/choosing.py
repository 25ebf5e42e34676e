"""What applies to a space, and what the IRM published of a process: rows, the latest of which stands."""

from datetime import date, datetime

from sqlalchemy import update

from app.audit import services as audit
from app.compliance import queries
from app.compliance.models import IrmResult, ProfileChoice
from app.compliance.rules import irm, profiles
from app.compliance.rules.irm import IrmVerdict
from app.compliance.rules.profiles import Profile
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, refuse_if_any
from app.core.text import clean_line
from app.processes import services as processes
from app.processes.models import Process
from app.spaces.models import Space

ROLE = "secretaría"


def choose_profile(space: Space, wanted: Profile, *, person_id: int, now: datetime) -> None:
    """From now on these sets apply to every process of the space; what does not change writes nothing. Raises RuleBroken."""
    present = queries.profile(space)
    chosen = {**present, **wanted}
    refuse_if_any(Problem(code) for code in profiles.problems_with(chosen))
    changed = {of: application for of, application in chosen.items() if present.get(of) is not application}
    if not changed:
        return
    for of, application in changed.items():
        db.session.add(ProfileChoice(space_id=space.id, requirement_set=of, application=application, chosen_by_id=person_id, chosen_at=now))
    db.session.flush()
    facts = {str(of): str(application) for of, application in changed.items()}
    audit.record("compliance.choose", "space", space.slug, facts, at=now, role=ROLE)
    db.session.execute(
        update(Process).where(Process.space_id == space.id).values(public_revision=Process.public_revision + 1),
        execution_options={"synchronize_session": False},
    )


def record_irm_result(
    process: Process, verdict: IrmVerdict, report_url: str, published_on: date, *, person_id: int, now: datetime
) -> IrmResult:
    """Copy what a published IRM report says; the caller commits. Raises RuleBroken without the report's address."""
    report_url = clean_line(report_url)
    refuse_if_any(irm.problems_with(verdict, report_url, published_on, lima_day(now)))
    result = IrmResult(
        process_id=process.id, verdict=verdict, report_url=report_url if verdict is not IrmVerdict.UNAVAILABLE else "",
        published_on=published_on, recorded_by_id=person_id, recorded_at=now,
    )  # fmt: skip
    db.session.add(result)
    db.session.flush()
    facts = {"verdict": str(verdict), "report_url": result.report_url, "published_on": published_on.isoformat()}
    audit.record("compliance.record-irm", "process", process.slug, facts, at=now, role=ROLE)
    processes.touch_public(process.id)
    return result
