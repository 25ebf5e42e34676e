"""the plan, the answers, their signatures and batches

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('action_plan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('process_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('starts', sa.String(), nullable=False),
    sa.Column('ends', sa.String(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'approved', name='planstate', native_enum=False, length=40), nullable=False),
    sa.Column('approval_norm', sa.String(), nullable=False),
    sa.Column('approved_at', sa.DateTime(), nullable=True),
    sa.Column('approved_with_override', sa.Boolean(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('last_number', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_action_plan_process_id_process')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action_plan')),
    sa.UniqueConstraint('process_id', name=op.f('uq_action_plan_process_id'))
    )
    op.create_table('plan_signature',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Enum('government', 'non-government', name='planseat', native_enum=False, length=40), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('plan_revision', sa.Integer(), nullable=False),
    sa.Column('override_reason', sa.Text(), nullable=False),
    sa.Column('signed_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_plan_signature_person_id_person')),
    sa.ForeignKeyConstraint(['plan_id'], ['action_plan.id'], name=op.f('fk_plan_signature_plan_id_action_plan')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_signature')),
    sa.UniqueConstraint('plan_id', 'seat', name='uq_plan_signature_seat')
    )
    op.create_table('outcome_tally',
    sa.Column('process_id', sa.Integer(), nullable=False),
    sa.Column('outcome', sa.Enum('adopted', 'adopted_partially', 'already_covered', 'deferred', 'referred', 'not_adopted', 'out_of_scope', 'merged', 'needs_clarification', 'withdrawn', name='outcome', native_enum=False, length=40), nullable=False),
    sa.Column('answers', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_outcome_tally_process_id_process')),
    sa.PrimaryKeyConstraint('process_id', 'outcome', name=op.f('pk_outcome_tally'))
    )
    op.create_table('publication_batch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('process_id', sa.Integer(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('answers', sa.Integer(), nullable=False),
    sa.Column('published_by_id', sa.Integer(), nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_publication_batch_process_id_process')),
    sa.ForeignKeyConstraint(['published_by_id'], ['person.id'], name=op.f('fk_publication_batch_published_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publication_batch')),
    sa.UniqueConstraint('process_id', 'n', name='uq_publication_batch_n')
    )
    op.create_table('commitment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('description_html', sa.Text(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('theme_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_commitment_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['plan_id'], ['action_plan.id'], name=op.f('fk_commitment_plan_id_action_plan')),
    sa.ForeignKeyConstraint(['theme_id'], ['theme.id'], name=op.f('fk_commitment_theme_id_theme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commitment')),
    sa.UniqueConstraint('plan_id', 'number', name='uq_commitment_number')
    )
    op.create_table('milestone',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('commitment_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('responsible', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['commitment_id'], ['commitment.id'], name=op.f('fk_milestone_commitment_id_commitment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_milestone')),
    sa.UniqueConstraint('commitment_id', 'number', name='uq_milestone_number')
    )
    op.create_table('decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('process_id', sa.Integer(), nullable=False),
    sa.Column('contribution_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'review', 'approved', 'published', name='decisionstate', native_enum=False, length=40), nullable=False),
    sa.Column('is_current', sa.Boolean(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('outcome', sa.Enum('adopted', 'adopted_partially', 'already_covered', 'deferred', 'referred', 'not_adopted', 'out_of_scope', 'merged', 'needs_clarification', 'withdrawn', name='outcome', native_enum=False, length=40), nullable=True),
    sa.Column('reason_code', sa.Enum('R01', 'R02', 'R03', 'R04', 'R05', 'R06', 'R07', 'R08', 'R09', 'R10', 'R11', 'R12', 'R13', 'R99', name='reason', native_enum=False, length=40), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('what_changed', sa.Text(), nullable=False),
    sa.Column('adopted_part', sa.Text(), nullable=False),
    sa.Column('rejected_part', sa.Text(), nullable=False),
    sa.Column('change_needed', sa.Text(), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('criterion', sa.String(), nullable=False),
    sa.Column('target_cycle', sa.String(), nullable=False),
    sa.Column('carry_over_owner', sa.String(), nullable=False),
    sa.Column('referred_to', sa.String(), nullable=False),
    sa.Column('referred_document', sa.String(), nullable=False),
    sa.Column('referred_on', sa.Date(), nullable=True),
    sa.Column('where_to_go', sa.Text(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('clarify_by', sa.Date(), nullable=True),
    sa.Column('fallback', sa.Enum('adopted', 'adopted_partially', 'already_covered', 'deferred', 'referred', 'not_adopted', 'out_of_scope', 'merged', 'needs_clarification', 'withdrawn', name='outcome', native_enum=False, length=40), nullable=True),
    sa.Column('request_record', sa.String(), nullable=False),
    sa.Column('merged_into_id', sa.Integer(), nullable=True),
    sa.Column('commitment_id', sa.Integer(), nullable=True),
    sa.Column('milestone_id', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('correction_reason', sa.Text(), nullable=False),
    sa.Column('return_note', sa.Text(), nullable=False),
    sa.Column('drafted_by_id', sa.Integer(), nullable=False),
    sa.Column('drafted_at', sa.DateTime(), nullable=False),
    sa.Column('saved_at', sa.DateTime(), nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=True),
    sa.Column('batch_id', sa.Integer(), nullable=True),
    sa.Column('reply_until', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['batch_id'], ['publication_batch.id'], name=op.f('fk_decision_batch_id_publication_batch')),
    sa.ForeignKeyConstraint(['commitment_id'], ['commitment.id'], name=op.f('fk_decision_commitment_id_commitment')),
    sa.ForeignKeyConstraint(['contribution_id'], ['contribution.id'], name=op.f('fk_decision_contribution_id_contribution')),
    sa.ForeignKeyConstraint(['drafted_by_id'], ['person.id'], name=op.f('fk_decision_drafted_by_id_person')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['contribution.id'], name=op.f('fk_decision_merged_into_id_contribution')),
    sa.ForeignKeyConstraint(['milestone_id'], ['milestone.id'], name=op.f('fk_decision_milestone_id_milestone')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_decision_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_decision_process_id_process')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision')),
    sa.UniqueConstraint('contribution_id', 'version', name='uq_decision_version')
    )
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decision_commitment_id'), ['commitment_id'], unique=False)
        batch_op.create_index('ix_decision_outcome', ['process_id', 'is_current', 'outcome', 'published_at', 'id'], unique=False)
        batch_op.create_index('ix_decision_published', ['process_id', 'is_current', 'published_at', 'id'], unique=False)
        batch_op.create_index('ix_decision_state', ['process_id', 'state', 'drafted_at'], unique=False)
        batch_op.create_index('uq_decision_current', ['contribution_id'], unique=True, sqlite_where=sa.text('is_current'), postgresql_where=sa.text('is_current'))
        batch_op.create_index('uq_decision_open', ['contribution_id'], unique=True, sqlite_where=sa.text("state <> 'published'"), postgresql_where=sa.text("state <> 'published'"))
    op.create_table('team_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contribution_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_team_note_author_id_person')),
    sa.ForeignKeyConstraint(['contribution_id'], ['contribution.id'], name=op.f('fk_team_note_contribution_id_contribution')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team_note'))
    )
    with op.batch_alter_table('team_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_team_note_contribution_id'), ['contribution_id'], unique=False)
    op.create_table('decision_signature',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('decision_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Enum('government', 'non-government', name='seat', native_enum=False, length=40), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('post', sa.String(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('signed_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_decision_signature_decision_id_decision')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_decision_signature_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision_signature')),
    sa.UniqueConstraint('decision_id', 'seat', name='uq_decision_signature_seat')
    )
    op.create_table('decision_writer',
    sa.Column('decision_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_decision_writer_decision_id_decision')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_decision_writer_person_id_person')),
    sa.PrimaryKeyConstraint('decision_id', 'person_id', name=op.f('pk_decision_writer'))
    )


def downgrade() -> None:
    op.drop_table("decision_writer")
    op.drop_table("decision_signature")
    op.drop_table("team_note")
    op.drop_table("decision")
    op.drop_table("milestone")
    op.drop_table("commitment")
    op.drop_table("publication_batch")
    op.drop_table("outcome_tally")
    op.drop_table("plan_signature")
    op.drop_table("action_plan")
