"""Reading attestations, what stands beside them, and what counts today."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from app.compliance.models import Attestation, AttestationAct
from app.compliance.rules.attestations import ActKind, Standing
from app.compliance.rules.statements import Statement
from app.core.clock import lima_day
from app.core.db import db
from app.core.permissions import Scope
from app.evidence import queries as evidence
from app.evidence.models import Attachment
from app.forum.rules.seats import Side
from app.processes.models import Process
from app.spaces.models import Space

SUBJECT = "attestation"
OF_THE_SPACE = "space"


@dataclass(frozen=True)
class AttestationRow:
    """One attestation with everything written beside it. What people read of a signer is the post, never a name."""

    attestation: Attestation
    acts: tuple[AttestationAct, ...] = ()
    files: tuple[Attachment, ...] = field(default=())

    def of_kind(self, kind: ActKind) -> list[AttestationAct]:
        return [act for act in self.acts if act.kind is kind]

    @property
    def contradictions(self) -> list[AttestationAct]:
        return self.of_kind(ActKind.CONTRADICT)

    @property
    def co_signatures(self) -> list[AttestationAct]:
        return self.of_kind(ActKind.CO_SIGN)

    @property
    def withdrawal(self) -> AttestationAct | None:
        found = self.of_kind(ActKind.WITHDRAW)
        return found[0] if found else None

    @property
    def standing(self) -> Standing:
        a = self.attestation
        return Standing(
            a.statement, a.side, lima_day(a.signed_at), a.rule_version, a.about, a.happened_on, bool(self.files),
            bool(self.contradictions), bool(self.co_signatures),
        )  # fmt: skip

    @property
    def expires_on(self) -> date:
        return self.standing.expires_on

    def is_in_force(self, today: date) -> bool:
        return self.attestation.is_standing and self.standing.is_in_force(today)

    @property
    def scope(self) -> Scope:
        return self.attestation.scope


def attestations(process: Process) -> list[AttestationRow]:
    """Everything attested of the process and of its space, the latest first, also what was withdrawn; three statements."""
    rows = db.session.scalars(
        select(Attestation)
        .where(Attestation.space_id == process.space_id, or_(Attestation.process_id.is_(None), Attestation.process_id == process.id))
        .order_by(Attestation.signed_at.desc(), Attestation.id.desc())
    ).all()
    return _with_acts(rows)


def attestation_by_number(slug: str, number: int) -> AttestationRow | None:
    """One attestation of a space, its space and process loaded."""
    found = db.session.scalar(
        select(Attestation)
        .join(Space, Space.id == Attestation.space_id)
        .where(Space.slug == slug, Attestation.number == number)
        .options(joinedload(Attestation.space), joinedload(Attestation.process).joinedload(Process.space))
    )
    return _with_acts([found])[0] if found else None


def _with_acts(rows: Sequence[Attestation]) -> list[AttestationRow]:
    ids = [row.id for row in rows]
    acts: dict[int, list[AttestationAct]] = {}
    for act in db.session.scalars(
        select(AttestationAct).where(AttestationAct.attestation_id.in_(ids)).order_by(AttestationAct.at, AttestationAct.id)
    ):
        acts.setdefault(act.attestation_id, []).append(act)
    files: dict[int, list[Attachment]] = {}
    for file in evidence.of_many(SUBJECT, ids, public_only=True):
        files.setdefault(file.subject_id, []).append(file)
    return [AttestationRow(row, tuple(acts.get(row.id, ())), tuple(files.get(row.id, ()))) for row in rows]


def standing_of(space_id: int, subject: str, statement: Statement, about: str, side: Side) -> Attestation | None:
    """The one that stands for a side, if any."""
    return db.session.scalar(
        select(Attestation).where(
            Attestation.space_id == space_id, Attestation.subject == subject, Attestation.statement == statement,
            Attestation.about == about, Attestation.side == side, Attestation.is_standing,
        )
    )  # fmt: skip


def last_number(space_id: int) -> int:
    return db.session.scalar(select(func.max(Attestation.number)).where(Attestation.space_id == space_id)) or 0


def subject_of(statement: Statement, process: Process, of_the_space: Collection[Statement]) -> str:
    """What a statement is filed under: its space, or the process by slug."""
    return OF_THE_SPACE if statement in of_the_space else process.slug
