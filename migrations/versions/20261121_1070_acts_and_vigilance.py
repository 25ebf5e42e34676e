"""acts, execution and vigilance

Revision ID: 1070
Revises: 1060
"""

import sqlalchemy as sa
from alembic import op

revision = '1070'
down_revision = "1060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('agreement_act',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'open-for-signatures', 'published', 'replaced', name='actstate', native_enum=False, length=40), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=True),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('preamble', sa.Text(), nullable=False),
    sa.Column('council_needed', sa.Integer(), nullable=False),
    sa.Column('agents_needed', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('opened_at', sa.DateTime(), nullable=True),
    sa.Column('published_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint('council_needed >= 0 AND agents_needed >= 1', name=op.f('ck_agreement_act_quorum_makes_sense')),
    sa.ForeignKeyConstraint(['created_by_id'], ['person.id'], name=op.f('fk_agreement_act_created_by_id_person')),
    sa.ForeignKeyConstraint(['round_id'], ['budget_round.id'], name=op.f('fk_agreement_act_round_id_budget_round')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreement_act')),
    sa.UniqueConstraint('round_id', 'version', name='uq_agreement_act_version')
    )
    with op.batch_alter_table('agreement_act', schema=None) as batch_op:
        batch_op.create_index('uq_agreement_act_open', ['round_id'], unique=True, sqlite_where=sa.text("state IN ('draft', 'open-for-signatures')"), postgresql_where=sa.text("state IN ('draft', 'open-for-signatures')"))

    op.create_table('vigilance_committee',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('ballot', sa.Enum('show-of-hands', 'secret-vote', name='ballot', native_enum=False, length=40), nullable=False),
    sa.Column('voters', sa.Integer(), nullable=False),
    sa.Column('votes_each', sa.Integer(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('tie', sa.Text(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint('starts_on < ends_on', name=op.f('ck_vigilance_committee_term_makes_sense')),
    sa.CheckConstraint('voters > 0 AND votes_each > 0 AND seats > 0', name=op.f('ck_vigilance_committee_counts_positive')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_vigilance_committee_recorded_by_id_person')),
    sa.ForeignKeyConstraint(['round_id'], ['budget_round.id'], name=op.f('fk_vigilance_committee_round_id_budget_round')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vigilance_committee')),
    sa.UniqueConstraint('round_id', 'number', name='uq_vigilance_committee_number')
    )
    op.create_table('vigilance_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('opinion', sa.Text(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('published_by_id', sa.Integer(), nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['published_by_id'], ['person.id'], name=op.f('fk_vigilance_report_published_by_id_person')),
    sa.ForeignKeyConstraint(['round_id'], ['budget_round.id'], name=op.f('fk_vigilance_report_round_id_budget_round')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vigilance_report')),
    sa.UniqueConstraint('round_id', 'number', name='uq_vigilance_report_number')
    )
    op.create_table('agreement_dissent',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('act_id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('post', sa.String(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['act_id'], ['agreement_act.id'], name=op.f('fk_agreement_dissent_act_id_agreement_act')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_agreement_dissent_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreement_dissent')),
    sa.UniqueConstraint('act_id', 'person_id', name='uq_agreement_dissent_person')
    )
    op.create_table('agreement_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('act_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('ubigeo', sa.String(), nullable=True),
    sa.Column('amount_cents', sa.BigInteger(), nullable=False),
    sa.Column('source', sa.Enum('ordinary', 'own-revenue', 'credit', 'donations-and-transfers', 'determined', name='fundingsource', native_enum=False, length=40), nullable=True),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('entity_commits', sa.Text(), nullable=False),
    sa.Column('agents_commit', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.CheckConstraint('amount_cents > 0', name=op.f('ck_agreement_line_amount_positive')),
    sa.ForeignKeyConstraint(['act_id'], ['agreement_act.id'], name=op.f('fk_agreement_line_act_id_agreement_act')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_agreement_line_project_id_project')),
    sa.ForeignKeyConstraint(['ubigeo'], ['territory.ubigeo'], name=op.f('fk_agreement_line_ubigeo_territory')),
    sa.ForeignKeyConstraint(['unit_id'], ['organisation.id'], name=op.f('fk_agreement_line_unit_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreement_line')),
    sa.UniqueConstraint('act_id', 'number', name='uq_agreement_line_number'),
    sa.UniqueConstraint('act_id', 'project_id', name='uq_agreement_line_project')
    )
    with op.batch_alter_table('agreement_line', schema=None) as batch_op:
        batch_op.create_index('ix_agreement_line_project', ['project_id'], unique=False)

    op.create_table('agreement_signature',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('act_id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('municipality', 'coordination-council', 'agent', name='signerkind', native_enum=False, length=40), nullable=False),
    sa.Column('way', sa.Enum('account', 'sheet', name='signedby', native_enum=False, length=40), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('agent_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('post', sa.String(), nullable=False),
    sa.Column('sheet_sha256', sa.String(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('signed_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint('person_id IS NOT NULL OR agent_id IS NOT NULL', name=op.f('ck_agreement_signature_somebody_signs')),
    sa.ForeignKeyConstraint(['act_id'], ['agreement_act.id'], name=op.f('fk_agreement_signature_act_id_agreement_act')),
    sa.ForeignKeyConstraint(['agent_id'], ['budget_agent.id'], name=op.f('fk_agreement_signature_agent_id_budget_agent')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_agreement_signature_person_id_person')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_agreement_signature_recorded_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreement_signature')),
    sa.UniqueConstraint('act_id', 'sha256', 'agent_id', name='uq_agreement_signature_agent'),
    sa.UniqueConstraint('act_id', 'sha256', 'person_id', name='uq_agreement_signature_person')
    )
    op.create_table('agreement_text',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('act_id', sa.Integer(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('opened_by_id', sa.Integer(), nullable=False),
    sa.Column('opened_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['act_id'], ['agreement_act.id'], name=op.f('fk_agreement_text_act_id_agreement_act')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['person.id'], name=op.f('fk_agreement_text_opened_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreement_text')),
    sa.UniqueConstraint('act_id', 'n', name='uq_agreement_text_n')
    )
    op.create_table('agreement_update',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('not-started', 'study', 'in-opening-budget', 'in-bidding', 'works', 'done', 'stopped', 'not-done', name='linestate', native_enum=False, length=40), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('cui', sa.String(), nullable=False),
    sa.Column('pia_cents', sa.BigInteger(), nullable=True),
    sa.Column('pim_cents', sa.BigInteger(), nullable=True),
    sa.Column('certified_cents', sa.BigInteger(), nullable=True),
    sa.Column('accrued_cents', sa.BigInteger(), nullable=True),
    sa.Column('paid_cents', sa.BigInteger(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('reason_code', sa.Enum('R01', 'R02', 'R03', 'R04', 'R05', 'R06', 'R07', 'R08', 'R09', 'R10', 'R11', 'R12', 'R13', 'R99', name='reason', native_enum=False, length=40), nullable=True),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('difference', sa.Text(), nullable=False),
    sa.Column('is_imported', sa.Boolean(), nullable=False),
    sa.Column('written_by_id', sa.Integer(), nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint('COALESCE(pia_cents, 0) >= 0 AND COALESCE(pim_cents, 0) >= 0 AND COALESCE(certified_cents, 0) >= 0 AND COALESCE(accrued_cents, 0) >= 0 AND COALESCE(paid_cents, 0) >= 0', name=op.f('ck_agreement_update_amounts_not_negative')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_agreement_update_project_id_project')),
    sa.ForeignKeyConstraint(['written_by_id'], ['person.id'], name=op.f('fk_agreement_update_written_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreement_update')),
    sa.UniqueConstraint('project_id', 'number', name='uq_agreement_update_number')
    )
    with op.batch_alter_table('agreement_update', schema=None) as batch_op:
        batch_op.create_index('ix_agreement_update_published', ['published_at', 'id'], unique=False)

    op.create_table('vigilance_candidate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('agent_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('votes', sa.Integer(), nullable=False),
    sa.Column('is_elected', sa.Boolean(), nullable=False),
    sa.CheckConstraint('votes >= 0', name=op.f('ck_vigilance_candidate_votes_not_negative')),
    sa.ForeignKeyConstraint(['agent_id'], ['budget_agent.id'], name=op.f('fk_vigilance_candidate_agent_id_budget_agent')),
    sa.ForeignKeyConstraint(['committee_id'], ['vigilance_committee.id'], name=op.f('fk_vigilance_candidate_committee_id_vigilance_committee')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vigilance_candidate')),
    sa.UniqueConstraint('committee_id', 'agent_id', name='uq_vigilance_candidate_agent')
    )
    op.create_table('vigilance_finding',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.Enum('proposed', 'withdrawn', 'published', 'replied', 'satisfied', 'escalated', name='findingstate', native_enum=False, length=40), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('asked', sa.Text(), nullable=False),
    sa.Column('gravity', sa.Enum('note', 'serious', 'grave', name='gravity', native_enum=False, length=40), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('written_by_id', sa.Integer(), nullable=False),
    sa.Column('written_at', sa.DateTime(), nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=True),
    sa.Column('reply_by', sa.Date(), nullable=True),
    sa.Column('closed_at', sa.DateTime(), nullable=True),
    sa.Column('closed_note', sa.Text(), nullable=False),
    sa.Column('closed_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('days > 0', name=op.f('ck_vigilance_finding_days_positive')),
    sa.ForeignKeyConstraint(['closed_by_id'], ['person.id'], name=op.f('fk_vigilance_finding_closed_by_id_person')),
    sa.ForeignKeyConstraint(['committee_id'], ['vigilance_committee.id'], name=op.f('fk_vigilance_finding_committee_id_vigilance_committee')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_vigilance_finding_project_id_project')),
    sa.ForeignKeyConstraint(['round_id'], ['budget_round.id'], name=op.f('fk_vigilance_finding_round_id_budget_round')),
    sa.ForeignKeyConstraint(['written_by_id'], ['person.id'], name=op.f('fk_vigilance_finding_written_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vigilance_finding')),
    sa.UniqueConstraint('code', name=op.f('uq_vigilance_finding_code')),
    sa.UniqueConstraint('round_id', 'number', name='uq_vigilance_finding_number')
    )
    with op.batch_alter_table('vigilance_finding', schema=None) as batch_op:
        batch_op.create_index('ix_vigilance_finding_project', ['project_id'], unique=False)

    op.create_table('vigilance_member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('committee_id', sa.Integer(), nullable=False),
    sa.Column('agent_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('coordinator', 'secretary', 'member', name='memberrole', native_enum=False, length=40), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.Column('left_reason', sa.Text(), nullable=False),
    sa.Column('assignment_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['agent_id'], ['budget_agent.id'], name=op.f('fk_vigilance_member_agent_id_budget_agent')),
    sa.ForeignKeyConstraint(['assignment_id'], ['role_assignment.id'], name=op.f('fk_vigilance_member_assignment_id_role_assignment')),
    sa.ForeignKeyConstraint(['committee_id'], ['vigilance_committee.id'], name=op.f('fk_vigilance_member_committee_id_vigilance_committee')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vigilance_member'))
    )
    with op.batch_alter_table('vigilance_member', schema=None) as batch_op:
        batch_op.create_index('uq_vigilance_member_sitting', ['committee_id', 'agent_id'], unique=True, sqlite_where=sa.text('left_on IS NULL'), postgresql_where=sa.text('left_on IS NULL'))

    op.create_table('vigilance_approval',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('finding_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('approved_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['finding_id'], ['vigilance_finding.id'], name=op.f('fk_vigilance_approval_finding_id_vigilance_finding')),
    sa.ForeignKeyConstraint(['member_id'], ['vigilance_member.id'], name=op.f('fk_vigilance_approval_member_id_vigilance_member')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vigilance_approval')),
    sa.UniqueConstraint('finding_id', 'sha256', 'member_id', name='uq_vigilance_approval_member')
    )
    op.create_table('vigilance_complaint',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('finding_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('body', sa.Enum('municipal-council', 'comptroller', 'ombudsman', 'prosecutor', 'congress', name='body', native_enum=False, length=40), nullable=False),
    sa.Column('file_number', sa.String(), nullable=False),
    sa.Column('filed_on', sa.Date(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['finding_id'], ['vigilance_finding.id'], name=op.f('fk_vigilance_complaint_finding_id_vigilance_finding')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_vigilance_complaint_recorded_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vigilance_complaint')),
    sa.UniqueConstraint('finding_id', 'number', name='uq_vigilance_complaint_number')
    )
    op.create_table('vigilance_finding_text',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('finding_id', sa.Integer(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('written_by_id', sa.Integer(), nullable=False),
    sa.Column('written_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['finding_id'], ['vigilance_finding.id'], name=op.f('fk_vigilance_finding_text_finding_id_vigilance_finding')),
    sa.ForeignKeyConstraint(['written_by_id'], ['person.id'], name=op.f('fk_vigilance_finding_text_written_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vigilance_finding_text')),
    sa.UniqueConstraint('finding_id', 'n', name='uq_vigilance_finding_text_n')
    )
    op.create_table('vigilance_reply',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('finding_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('entity', sa.String(), nullable=False),
    sa.Column('replied_by_id', sa.Integer(), nullable=False),
    sa.Column('replied_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['finding_id'], ['vigilance_finding.id'], name=op.f('fk_vigilance_reply_finding_id_vigilance_finding')),
    sa.ForeignKeyConstraint(['replied_by_id'], ['person.id'], name=op.f('fk_vigilance_reply_replied_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vigilance_reply')),
    sa.UniqueConstraint('finding_id', 'number', name='uq_vigilance_reply_number')
    )


def downgrade() -> None:
    op.drop_table('vigilance_reply')
    op.drop_table('vigilance_finding_text')
    op.drop_table('vigilance_complaint')
    op.drop_table('vigilance_approval')
    with op.batch_alter_table('vigilance_member', schema=None) as batch_op:
        batch_op.drop_index('uq_vigilance_member_sitting', sqlite_where=sa.text('left_on IS NULL'), postgresql_where=sa.text('left_on IS NULL'))

    op.drop_table('vigilance_member')
    with op.batch_alter_table('vigilance_finding', schema=None) as batch_op:
        batch_op.drop_index('ix_vigilance_finding_project')

    op.drop_table('vigilance_finding')
    op.drop_table('vigilance_candidate')
    with op.batch_alter_table('agreement_update', schema=None) as batch_op:
        batch_op.drop_index('ix_agreement_update_published')

    op.drop_table('agreement_update')
    op.drop_table('agreement_text')
    op.drop_table('agreement_signature')
    with op.batch_alter_table('agreement_line', schema=None) as batch_op:
        batch_op.drop_index('ix_agreement_line_project')

    op.drop_table('agreement_line')
    op.drop_table('agreement_dissent')
    op.drop_table('vigilance_report')
    op.drop_table('vigilance_committee')
    with op.batch_alter_table('agreement_act', schema=None) as batch_op:
        batch_op.drop_index('uq_agreement_act_open', sqlite_where=sa.text("state IN ('draft', 'open-for-signatures')"), postgresql_where=sa.text("state IN ('draft', 'open-for-signatures')"))

    op.drop_table('agreement_act')
