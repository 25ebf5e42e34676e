"""projects judged and ordered

Revision ID: 1040
Revises: 1030
"""

import sqlalchemy as sa
from alembic import op

revision = '1040'
down_revision = "1030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('evaluation_sheet',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'published', 'frozen', name='sheetstate', native_enum=False, length=40), nullable=False),
    sa.Column('criteria', sa.JSON(), nullable=False),
    sa.Column('appeal_days', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('saved_by_id', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(), nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=True),
    sa.Column('frozen_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint('appeal_days > 0', name=op.f('ck_evaluation_sheet_appeal_days_positive')),
    sa.ForeignKeyConstraint(['round_id'], ['budget_round.id'], name=op.f('fk_evaluation_sheet_round_id_budget_round')),
    sa.ForeignKeyConstraint(['saved_by_id'], ['person.id'], name=op.f('fk_evaluation_sheet_saved_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evaluation_sheet')),
    sa.UniqueConstraint('round_id', 'version', name='uq_evaluation_sheet_version')
    )
    op.create_table('scoring_matrix',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'published', 'frozen', 'ranked', name='matrixstate', native_enum=False, length=40), nullable=False),
    sa.Column('criteria', sa.JSON(), nullable=False),
    sa.Column('tie_rule', sa.Text(), nullable=False),
    sa.Column('minimum', sa.Integer(), nullable=True),
    sa.Column('stops', sa.Boolean(), nullable=False),
    sa.Column('saved_by_id', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(), nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=True),
    sa.Column('frozen_at', sa.DateTime(), nullable=True),
    sa.Column('seed', sa.String(), nullable=False),
    sa.Column('ranking', sa.JSON(), nullable=False),
    sa.Column('ranked_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['round_id'], ['budget_round.id'], name=op.f('fk_scoring_matrix_round_id_budget_round')),
    sa.ForeignKeyConstraint(['saved_by_id'], ['person.id'], name=op.f('fk_scoring_matrix_saved_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scoring_matrix')),
    sa.UniqueConstraint('round_id', 'version', name='uq_scoring_matrix_version')
    )
    op.create_table('matrix_mark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('matrix_id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('giver', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('agent_id', sa.Integer(), nullable=True),
    sa.Column('criterion', sa.String(), nullable=False),
    sa.Column('mark', sa.Integer(), nullable=False),
    sa.Column('given_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint('(person_id IS NULL) <> (agent_id IS NULL)', name=op.f('ck_matrix_mark_one_giver')),
    sa.ForeignKeyConstraint(['agent_id'], ['budget_agent.id'], name=op.f('fk_matrix_mark_agent_id_budget_agent')),
    sa.ForeignKeyConstraint(['matrix_id'], ['scoring_matrix.id'], name=op.f('fk_matrix_mark_matrix_id_scoring_matrix')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_matrix_mark_person_id_person')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_matrix_mark_project_id_project')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_matrix_mark')),
    sa.UniqueConstraint('matrix_id', 'project_id', 'giver', 'criterion', name='uq_matrix_mark')
    )
    with op.batch_alter_table('matrix_mark', schema=None) as batch_op:
        batch_op.create_index('ix_matrix_mark_project', ['matrix_id', 'project_id'], unique=False)

    op.create_table('project_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('about', sa.Enum('draft', 'under-evaluation', 'admissible', 'not-admissible', 'prioritised', 'not-prioritised', 'agreed', 'dropped', 'merged', name='projectstate', native_enum=False, length=40), nullable=False),
    sa.Column('state', sa.Enum('draft', 'review', 'published', name='answerstate', native_enum=False, length=40), nullable=False),
    sa.Column('outcome', sa.Enum('adopted', 'adopted_partially', 'already_covered', 'deferred', 'referred', 'not_adopted', 'out_of_scope', 'merged', 'needs_clarification', 'withdrawn', name='outcome', native_enum=False, length=40), nullable=True),
    sa.Column('reason_code', sa.Enum('R01', 'R02', 'R03', 'R04', 'R05', 'R06', 'R07', 'R08', 'R09', 'R10', 'R11', 'R12', 'R13', 'R99', name='reason', native_enum=False, length=40), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('criterion', sa.Text(), nullable=False),
    sa.Column('change_needed', sa.Text(), nullable=False),
    sa.Column('reference', sa.Text(), nullable=False),
    sa.Column('target_cycle', sa.String(), nullable=False),
    sa.Column('carry_over_owner', sa.String(), nullable=False),
    sa.Column('referred_to', sa.String(), nullable=False),
    sa.Column('referred_document', sa.String(), nullable=False),
    sa.Column('referred_on', sa.Date(), nullable=True),
    sa.Column('where_to_go', sa.Text(), nullable=False),
    sa.Column('merged_into', sa.String(), nullable=False),
    sa.Column('request_record', sa.Text(), nullable=False),
    sa.Column('shows_at', sa.Text(), nullable=False),
    sa.Column('correction_reason', sa.Text(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('writer_ids', sa.JSON(), nullable=False),
    sa.Column('drafted_by_id', sa.Integer(), nullable=False),
    sa.Column('drafted_at', sa.DateTime(), nullable=False),
    sa.Column('approved_by_id', sa.Integer(), nullable=True),
    sa.Column('published_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint("state <> 'published' OR (approved_by_id IS NOT NULL AND approved_by_id <> drafted_by_id)", name=op.f('ck_project_answer_two_people')),
    sa.ForeignKeyConstraint(['approved_by_id'], ['person.id'], name=op.f('fk_project_answer_approved_by_id_person')),
    sa.ForeignKeyConstraint(['drafted_by_id'], ['person.id'], name=op.f('fk_project_answer_drafted_by_id_person')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_project_answer_project_id_project')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_project_answer')),
    sa.UniqueConstraint('project_id', 'version', name='uq_project_answer_version')
    )
    with op.batch_alter_table('project_answer', schema=None) as batch_op:
        batch_op.create_index('uq_project_answer_open', ['project_id'], unique=True, sqlite_where=sa.text("state <> 'published'"), postgresql_where=sa.text("state <> 'published'"))

    op.create_table('project_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('created', 'edited', 'cost-changed', 'origin-added', 'origin-removed', 'published', 'merged-into', 'absorbed', 'split-off', 'split-from', 'assigned', 'conflict-declared', 'returned', 'clarification-asked', 'clarified', 'evaluated', 'appealed', 'appeal-decided', 'prioritised', 'not-prioritised', 'agreed', 'dropped', 'answered', name='changekind', native_enum=False, length=40), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_project_change_person_id_person')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_project_change_project_id_project')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_project_change'))
    )
    with op.batch_alter_table('project_change', schema=None) as batch_op:
        batch_op.create_index('ix_project_change_project', ['project_id', 'id'], unique=False)

    op.create_table('project_evaluation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('sheet_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('assigned', 'writing', 'review', 'approved', 'published', 'annulled', name='evaluationstate', native_enum=False, length=40), nullable=False),
    sa.Column('evaluator_id', sa.Integer(), nullable=False),
    sa.Column('assigned_by_id', sa.Integer(), nullable=False),
    sa.Column('assigned_at', sa.DateTime(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('declared_at', sa.DateTime(), nullable=True),
    sa.Column('conflict_note', sa.Text(), nullable=False),
    sa.Column('findings', sa.JSON(), nullable=False),
    sa.Column('conclusion', sa.Enum('admissible', 'not-admissible', name='conclusion', native_enum=False, length=40), nullable=True),
    sa.Column('opinion', sa.Text(), nullable=False),
    sa.Column('answer', sa.JSON(), nullable=False),
    sa.Column('cost_cents', sa.BigInteger(), nullable=True),
    sa.Column('project_revision', sa.Integer(), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('return_note', sa.Text(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(), nullable=True),
    sa.Column('approved_by_id', sa.Integer(), nullable=True),
    sa.Column('approved_at', sa.DateTime(), nullable=True),
    sa.Column('published_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint('approved_by_id IS NULL OR approved_by_id <> evaluator_id', name=op.f('ck_project_evaluation_two_people')),
    sa.ForeignKeyConstraint(['approved_by_id'], ['person.id'], name=op.f('fk_project_evaluation_approved_by_id_person')),
    sa.ForeignKeyConstraint(['assigned_by_id'], ['person.id'], name=op.f('fk_project_evaluation_assigned_by_id_person')),
    sa.ForeignKeyConstraint(['evaluator_id'], ['person.id'], name=op.f('fk_project_evaluation_evaluator_id_person')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_project_evaluation_project_id_project')),
    sa.ForeignKeyConstraint(['sheet_id'], ['evaluation_sheet.id'], name=op.f('fk_project_evaluation_sheet_id_evaluation_sheet')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_project_evaluation')),
    sa.UniqueConstraint('project_id', 'n', name='uq_project_evaluation_n')
    )
    with op.batch_alter_table('project_evaluation', schema=None) as batch_op:
        batch_op.create_index('ix_project_evaluation_evaluator', ['evaluator_id', 'state', 'assigned_at'], unique=False)
        batch_op.create_index('uq_project_evaluation_open', ['project_id'], unique=True, sqlite_where=sa.text("state NOT IN ('published', 'annulled')"), postgresql_where=sa.text("state NOT IN ('published', 'annulled')"))

    op.create_table('project_version',
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('saved_by_id', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_project_version_project_id_project')),
    sa.ForeignKeyConstraint(['saved_by_id'], ['person.id'], name=op.f('fk_project_version_saved_by_id_person')),
    sa.PrimaryKeyConstraint('project_id', 'n', name=op.f('pk_project_version'))
    )
    op.create_table('project_appeal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('evaluation_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('by', sa.Enum('author', 'agent', name='appellant', native_enum=False, length=40), nullable=False),
    sa.Column('contribution_id', sa.Integer(), nullable=True),
    sa.Column('agent_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('received_at', sa.DateTime(), nullable=False),
    sa.Column('is_upheld', sa.Boolean(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['agent_id'], ['budget_agent.id'], name=op.f('fk_project_appeal_agent_id_budget_agent')),
    sa.ForeignKeyConstraint(['contribution_id'], ['contribution.id'], name=op.f('fk_project_appeal_contribution_id_contribution')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_project_appeal_decided_by_id_person')),
    sa.ForeignKeyConstraint(['evaluation_id'], ['project_evaluation.id'], name=op.f('fk_project_appeal_evaluation_id_project_evaluation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_project_appeal_person_id_person')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_project_appeal_project_id_project')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_project_appeal')),
    sa.UniqueConstraint('project_id', 'number', name='uq_project_appeal_number')
    )
    with op.batch_alter_table('project_appeal', schema=None) as batch_op:
        batch_op.create_index('uq_project_appeal_open', ['project_id'], unique=True, sqlite_where=sa.text('decided_at IS NULL'), postgresql_where=sa.text('decided_at IS NULL'))

    op.create_table('project_clarification',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('evaluation_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.Column('closed_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['answered_by_id'], ['person.id'], name=op.f('fk_project_clarification_answered_by_id_person')),
    sa.ForeignKeyConstraint(['evaluation_id'], ['project_evaluation.id'], name=op.f('fk_project_clarification_evaluation_id_project_evaluation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_project_clarification')),
    sa.UniqueConstraint('evaluation_id', 'number', name='uq_project_clarification_number')
    )
    with op.batch_alter_table('project_clarification', schema=None) as batch_op:
        batch_op.create_index('uq_project_clarification_open', ['evaluation_id'], unique=True, sqlite_where=sa.text('answered_at IS NULL AND closed_at IS NULL'), postgresql_where=sa.text('answered_at IS NULL AND closed_at IS NULL'))

    with op.batch_alter_table('project', schema=None) as batch_op:
        batch_op.add_column(sa.Column('public_revision', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('folded', sa.Text(), nullable=False, server_default=''))
        batch_op.alter_column('cost_cents',
               existing_type=sa.INTEGER(),
               type_=sa.BigInteger(),
               existing_nullable=True)
        batch_op.alter_column('yearly_cost_cents',
               existing_type=sa.INTEGER(),
               type_=sa.BigInteger(),
               existing_nullable=False)
        batch_op.create_index('ix_project_public', ['round_id', 'is_public', 'number'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('project', schema=None) as batch_op:
        batch_op.drop_index('ix_project_public')
        batch_op.alter_column('yearly_cost_cents',
               existing_type=sa.BigInteger(),
               type_=sa.INTEGER(),
               existing_nullable=False)
        batch_op.alter_column('cost_cents',
               existing_type=sa.BigInteger(),
               type_=sa.INTEGER(),
               existing_nullable=True)
        batch_op.drop_column('folded')
        batch_op.drop_column('public_revision')

    with op.batch_alter_table('project_clarification', schema=None) as batch_op:
        batch_op.drop_index('uq_project_clarification_open', sqlite_where=sa.text('answered_at IS NULL AND closed_at IS NULL'), postgresql_where=sa.text('answered_at IS NULL AND closed_at IS NULL'))

    op.drop_table('project_clarification')
    with op.batch_alter_table('project_appeal', schema=None) as batch_op:
        batch_op.drop_index('uq_project_appeal_open', sqlite_where=sa.text('decided_at IS NULL'), postgresql_where=sa.text('decided_at IS NULL'))

    op.drop_table('project_appeal')
    op.drop_table('project_version')
    with op.batch_alter_table('project_evaluation', schema=None) as batch_op:
        batch_op.drop_index('uq_project_evaluation_open', sqlite_where=sa.text("state NOT IN ('published', 'annulled')"), postgresql_where=sa.text("state NOT IN ('published', 'annulled')"))
        batch_op.drop_index('ix_project_evaluation_evaluator')

    op.drop_table('project_evaluation')
    with op.batch_alter_table('project_change', schema=None) as batch_op:
        batch_op.drop_index('ix_project_change_project')

    op.drop_table('project_change')
    with op.batch_alter_table('project_answer', schema=None) as batch_op:
        batch_op.drop_index('uq_project_answer_open', sqlite_where=sa.text("state <> 'published'"), postgresql_where=sa.text("state <> 'published'"))

    op.drop_table('project_answer')
    with op.batch_alter_table('matrix_mark', schema=None) as batch_op:
        batch_op.drop_index('ix_matrix_mark_project')

    op.drop_table('matrix_mark')
    op.drop_table('scoring_matrix')
    op.drop_table('evaluation_sheet')
