"""people who are helped to take part: who wrote, for whom, why, until when

Revision ID: 0617
Revises: 0616
"""

import sqlalchemy as sa
from alembic import op

revision = "0617"
down_revision = "0616"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assistance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("registrar_id", sa.Integer(), nullable=False),
        sa.Column("person_name", sa.String(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("taller", "web", "papel", "telefono", "correo", "ventanilla", name="channel", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"], name=op.f("fk_assistance_process_id_process")),
        sa.ForeignKeyConstraint(["registrar_id"], ["person.id"], name=op.f("fk_assistance_registrar_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assistance")),
        sa.UniqueConstraint("code", name=op.f("uq_assistance_code")),
    )
    op.create_index("ix_assistance_registrar", "assistance", ["process_id", "registrar_id"])
    with op.batch_alter_table("authorship") as batch:
        batch.add_column(sa.Column("assistance_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_authorship_assistance_id_assistance"), "assistance", ["assistance_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("authorship") as batch:
        batch.drop_constraint(op.f("fk_authorship_assistance_id_assistance"), type_="foreignkey")
        batch.drop_column("assistance_id")
    op.drop_table("assistance")
