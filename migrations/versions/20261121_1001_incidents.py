"""incidents with personal data, second steps taken away, drafts of who is signed in

Revision ID: 1001
Revises: 1000
"""

import sqlalchemy as sa
from alembic import op

revision = "1001"
down_revision = "1000"
branch_labels = None
depends_on = None

AFFECTED = sa.Enum("nobody", "accounts", "process", name="affected", native_enum=False, length=40)
ACT = sa.Enum("noted", "told-authority", "told-people", "closed", name="incidentact", native_enum=False, length=40)


def upgrade() -> None:
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("noticed_at", sa.DateTime(), nullable=False),
        sa.Column("happened", sa.Text(), nullable=False),
        sa.Column("data_kinds", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("affected", AFFECTED, nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_incident_space_id_space"),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"], name="fk_incident_process_id_process"),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name="fk_incident_recorded_by_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_incident"),
        sa.UniqueConstraint("space_id", "number", name="uq_incident_number"),
    )
    op.create_table(
        "incident_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("act", ACT, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=False),
        sa.Column("done_by_id", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name="fk_incident_act_incident_id_incident"),
        sa.ForeignKeyConstraint(["done_by_id"], ["person.id"], name="fk_incident_act_done_by_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_incident_act"),
    )
    op.create_index("ix_incident_act_incident", "incident_act", ["incident_id", "id"])
    op.create_index(
        "uq_incident_act_once", "incident_act", ["incident_id", "act"], unique=True,
        sqlite_where=sa.text("act <> 'noted'"), postgresql_where=sa.text("act <> 'noted'"),
    )
    op.create_table(
        "factor_reset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("reset_by_id", sa.Integer(), nullable=False),
        sa.Column("reset_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name="fk_factor_reset_space_id_space"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_factor_reset_person_id_person"),
        sa.ForeignKeyConstraint(["reset_by_id"], ["person.id"], name="fk_factor_reset_reset_by_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_factor_reset"),
    )
    op.execute(
        "ALTER TABLE saved_draft ADD COLUMN person_id INTEGER CONSTRAINT fk_saved_draft_person_id_person REFERENCES person (id)"
    )


def downgrade() -> None:
    op.drop_column("saved_draft", "person_id")
    op.drop_table("factor_reset")
    op.drop_table("incident_act")
    op.drop_table("incident")
