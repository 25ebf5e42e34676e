"""organisations register themselves, name who acts for them and are verified; contributions in their name

Revision ID: 1000
Revises: 0617
"""

import sqlalchemy as sa
from alembic import op

revision = "1000"
down_revision = "0617"
branch_labels = None
depends_on = None

STANDING = sa.Enum("listed", "pending", "verified", "refused", "merged", name="standing", native_enum=False, length=40)
REACH = sa.Enum("local", "provincial", "regional", "national", "international", name="organisationscope", native_enum=False, length=40)
LEGAL = sa.Enum("registered", "in-process", "unregistered", "public-body", name="legalstatus", native_enum=False, length=40)
VERDICT = sa.Enum("verified", "refused", "revoked", name="verdict", native_enum=False, length=40)
ANSWER = sa.Enum("accepted", "declined", "withdrawn", name="invitationanswer", native_enum=False, length=40)
# said in SQL: neither database needs to copy a table that a dozen others point to
POINTING = {
    "registered_by_id": ("organisation", "INTEGER", "fk_organisation_registered_by_id_person", "person (id)"),
    "asked_space_id": ("organisation", "INTEGER", "fk_organisation_asked_space_id_space", "space (id)"),
    "merged_into_id": ("organisation", "INTEGER", "fk_organisation_merged_into_id_organisation", "organisation (id)"),
}
PLAIN = (
    sa.Column("standing", STANDING, nullable=False, server_default="listed"),
    sa.Column("reach", REACH, nullable=True),
    sa.Column("legal_status", LEGAL, nullable=True),
    sa.Column("topics", sa.JSON(), nullable=False, server_default="[]"),
    sa.Column("contact_email", sa.String(), nullable=False, server_default=""),
    sa.Column("contact_phone", sa.String(), nullable=False, server_default=""),
    sa.Column("contact_published_at", sa.DateTime(), nullable=True),
    sa.Column("asked_at", sa.DateTime(), nullable=True),
)


def upgrade() -> None:
    op.execute("ALTER TABLE organisation ADD COLUMN ruc VARCHAR CONSTRAINT ck_organisation_ruc CHECK (length(ruc) = 11)")
    for column in PLAIN:
        op.add_column("organisation", column._copy())
    for name, (table, kind, constraint, target) in POINTING.items():
        op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind} CONSTRAINT {constraint} REFERENCES {target}")
    op.create_index("uq_organisation_ruc", "organisation", ["ruc"], unique=True)
    op.create_index("ix_organisation_asked", "organisation", ["asked_space_id", "standing", "asked_at"])
    op.create_table(
        "organisation_territory",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("ubigeo", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_organisation_territory_organisation_id_organisation"),
        sa.ForeignKeyConstraint(["ubigeo"], ["territory.ubigeo"], name="fk_organisation_territory_ubigeo_territory"),
        sa.PrimaryKeyConstraint("organisation_id", "ubigeo", name="pk_organisation_territory"),
    )
    op.create_table(
        "organisation_verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("verdict", VERDICT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_organisation_verdict_organisation_id_organisation"),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_organisation_verdict_space_id_space"),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name="fk_organisation_verdict_decided_by_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_organisation_verdict"),
    )
    op.create_index("ix_organisation_verdict_organisation", "organisation_verdict", ["organisation_id", "id"])
    op.create_table(
        "former_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_former_name_organisation_id_organisation"),
        sa.ForeignKeyConstraint(["changed_by_id"], ["person.id"], name="fk_former_name_changed_by_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_former_name"),
    )
    op.create_index("ix_former_name_slug", "former_name", ["slug"])
    op.create_table(
        "organisation_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("answer", ANSWER, nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_organisation_invitation_organisation_id_organisation"),
        sa.ForeignKeyConstraint(["invited_by_id"], ["person.id"], name="fk_organisation_invitation_invited_by_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_organisation_invitation"),
        sa.UniqueConstraint("handle", name="uq_organisation_invitation_handle"),
    )
    op.create_index("ix_organisation_invitation_email", "organisation_invitation", ["email"])
    op.create_index(
        "uq_organisation_invitation_open", "organisation_invitation", ["organisation_id", "email"], unique=True,
        sqlite_where=sa.text("answer IS NULL"), postgresql_where=sa.text("answer IS NULL"),
    )
    op.execute(
        "ALTER TABLE contribution ADD COLUMN organisation_id INTEGER"
        " CONSTRAINT fk_contribution_organisation_id_organisation REFERENCES organisation (id)"
    )
    op.create_index("ix_contribution_organisation_id", "contribution", ["organisation_id"])


def downgrade() -> None:
    op.drop_index("ix_contribution_organisation_id", "contribution")
    op.drop_column("contribution", "organisation_id")
    for table in ("organisation_invitation", "former_name", "organisation_verdict", "organisation_territory"):
        op.drop_table(table)
    op.drop_index("ix_organisation_asked", "organisation")
    op.drop_index("uq_organisation_ruc", "organisation")
    for name in reversed(POINTING):
        op.drop_column("organisation", name)
    for column in reversed(PLAIN):
        op.drop_column("organisation", column.name)
    op.drop_column("organisation", "ruc")
