"""compliance and outreach

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('compliance_profile',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.Integer(), nullable=False),
    sa.Column('requirement_set', sa.Enum('ogp-national', 'ogp-local', 'municipal', name='requirementset', native_enum=False, length=40), nullable=False),
    sa.Column('application', sa.Enum('required', 'voluntary', 'none', name='application', native_enum=False, length=40), nullable=False),
    sa.Column('chosen_by_id', sa.Integer(), nullable=False),
    sa.Column('chosen_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['chosen_by_id'], ['person.id'], name=op.f('fk_compliance_profile_chosen_by_id_person')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_compliance_profile_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_compliance_profile'))
    )
    with op.batch_alter_table('compliance_profile', schema=None) as batch_op:
        batch_op.create_index('ix_compliance_profile_space', ['space_id', 'requirement_set', 'id'], unique=False)

    op.create_table('site_probe',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('hour', sa.Integer(), nullable=False),
    sa.Column('is_ok', sa.Boolean(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('failures', sa.JSON(), nullable=False),
    sa.Column('files', sa.Integer(), nullable=False),
    sa.Column('broken', sa.JSON(), nullable=False),
    sa.Column('probed_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_site_probe_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_site_probe')),
    sa.UniqueConstraint('space_id', 'day', 'hour', name='uq_site_probe_hour')
    )
    op.create_table('attestation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.Integer(), nullable=False),
    sa.Column('process_id', sa.Integer(), nullable=True),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('statement', sa.Enum('meetings-held', 'members-independent', 'rules-in-force', 'official-site', 'documents-complete', 'process-start', 'no-earlier-activity', 'outreach-done', 'period-appropriate', 'faithful-capture', 'list-complete', 'reasons-true', 'reviews-held', 'local-official-site', 'inception-done', 'end-report-done', 'hearings-held', 'council-quorum', name='statement', native_enum=False, length=40), nullable=False),
    sa.Column('about', sa.String(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('post', sa.String(), nullable=False),
    sa.Column('side', sa.Enum('government', 'non-government', name='side', native_enum=False, length=40), nullable=False),
    sa.Column('method', sa.Enum('present', 'documents', 'systems', 'testimony', name='method', native_enum=False, length=40), nullable=False),
    sa.Column('happened_on', sa.Date(), nullable=True),
    sa.Column('rule_version', sa.String(), nullable=False),
    sa.Column('renews_id', sa.Integer(), nullable=True),
    sa.Column('signer_id', sa.Integer(), nullable=False),
    sa.Column('signed_at', sa.DateTime(), nullable=False),
    sa.Column('is_standing', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_attestation_process_id_process')),
    sa.ForeignKeyConstraint(['renews_id'], ['attestation.id'], name=op.f('fk_attestation_renews_id_attestation')),
    sa.ForeignKeyConstraint(['signer_id'], ['person.id'], name=op.f('fk_attestation_signer_id_person')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_attestation_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attestation')),
    sa.UniqueConstraint('space_id', 'number', name='uq_attestation_number')
    )
    with op.batch_alter_table('attestation', schema=None) as batch_op:
        batch_op.create_index('ix_attestation_space', ['space_id', 'process_id'], unique=False)
        batch_op.create_index('uq_attestation_standing', ['space_id', 'subject', 'statement', 'about', 'side'], unique=True, sqlite_where=sa.text('is_standing'), postgresql_where=sa.text('is_standing'))

    op.create_table('compliance_alarm',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('process_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('requirement', sa.Enum('MR-1.1a', 'MR-1.1b', 'MR-2.1', 'MR-2.2', 'MR-3.1', 'MR-3.2', 'MR-3.3', 'MR-4.1a', 'MR-4.1b', 'MR-5.1', 'LR-web', 'LR-inception', 'LR-eoc', 'PE-119A', 'PE-CCL', name='requirement', native_enum=False, length=40), nullable=False),
    sa.Column('advice', sa.String(), nullable=False),
    sa.Column('limit_on', sa.Date(), nullable=False),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.Column('raised_at', sa.DateTime(), nullable=False),
    sa.Column('closed_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_compliance_alarm_process_id_process')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_compliance_alarm')),
    sa.UniqueConstraint('process_id', 'key', name='uq_compliance_alarm_key')
    )
    with op.batch_alter_table('compliance_alarm', schema=None) as batch_op:
        batch_op.create_index('ix_compliance_alarm_open', ['process_id', 'closed_at'], unique=False)

    op.create_table('irm_result',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('process_id', sa.Integer(), nullable=False),
    sa.Column('verdict', sa.Enum('si', 'no', 'no_disponible', name='irmverdict', native_enum=False, length=40), nullable=False),
    sa.Column('report_url', sa.String(), nullable=False),
    sa.Column('published_on', sa.Date(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_irm_result_process_id_process')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_irm_result_recorded_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_irm_result'))
    )
    with op.batch_alter_table('irm_result', schema=None) as batch_op:
        batch_op.create_index('ix_irm_result_process', ['process_id', 'id'], unique=False)

    op.create_table('outreach_action',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('process_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('submission_key', sa.String(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('channel', sa.Enum('radio', 'television', 'press', 'website', 'social', 'email', 'messages', 'telephone', 'poster', 'loudspeaker', 'visit', 'assembly', 'fair', name='outreachchannel', native_enum=False, length=40), nullable=False),
    sa.Column('sector', sa.Enum('government', 'civil-society', 'academia', 'private', 'media', 'cooperation', 'grassroots', 'indigenous', 'citizen', name='sector', native_enum=False, length=40), nullable=False),
    sa.Column('ubigeo', sa.String(), nullable=True),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('reach', sa.Integer(), nullable=True),
    sa.Column('message', sa.Text(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(), nullable=True),
    sa.Column('withdrawn_reason', sa.Text(), nullable=False),
    sa.CheckConstraint('reach IS NULL OR reach >= 0', name=op.f('ck_outreach_action_reach_not_negative')),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_outreach_action_process_id_process')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_outreach_action_recorded_by_id_person')),
    sa.ForeignKeyConstraint(['ubigeo'], ['territory.ubigeo'], name=op.f('fk_outreach_action_ubigeo_territory')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outreach_action')),
    sa.UniqueConstraint('process_id', 'number', name='uq_outreach_action_number'),
    sa.UniqueConstraint('submission_key', name=op.f('uq_outreach_action_submission_key'))
    )
    op.create_table('requirement_check',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('process_id', sa.Integer(), nullable=False),
    sa.Column('requirement', sa.Enum('MR-1.1a', 'MR-1.1b', 'MR-2.1', 'MR-2.2', 'MR-3.1', 'MR-3.2', 'MR-3.3', 'MR-4.1a', 'MR-4.1b', 'MR-5.1', 'LR-web', 'LR-inception', 'LR-eoc', 'PE-119A', 'PE-CCL', name='requirement', native_enum=False, length=40), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('rule', sa.Enum('cumple_con_evidencia', 'pendiente_atestacion', 'en_riesgo', 'no_cumple', 'no_aplica', name='result', native_enum=False, length=40), nullable=False),
    sa.Column('goal', sa.Enum('cumple_con_evidencia', 'pendiente_atestacion', 'en_riesgo', 'no_cumple', 'no_aplica', name='result', native_enum=False, length=40), nullable=False),
    sa.Column('is_change', sa.Boolean(), nullable=False),
    sa.Column('facts_sha256', sa.String(), nullable=False),
    sa.Column('facts', sa.Text(), nullable=True),
    sa.Column('rule_version', sa.String(), nullable=False),
    sa.Column('computed_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_requirement_check_process_id_process')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_requirement_check')),
    sa.UniqueConstraint('process_id', 'requirement', 'day', name='uq_requirement_check_day')
    )
    with op.batch_alter_table('requirement_check', schema=None) as batch_op:
        batch_op.create_index('ix_requirement_check_day', ['process_id', 'day'], unique=False)

    op.create_table('attestation_act',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('attestation_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('co-sign', 'contradict', 'withdraw', name='actkind', native_enum=False, length=40), nullable=False),
    sa.Column('side', sa.Enum('government', 'non-government', name='side', native_enum=False, length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('post', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['attestation_id'], ['attestation.id'], name=op.f('fk_attestation_act_attestation_id_attestation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_attestation_act_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attestation_act')),
    sa.UniqueConstraint('attestation_id', 'kind', 'side', name='uq_attestation_act_kind')
    )


def downgrade() -> None:
    op.drop_table('attestation_act')
    with op.batch_alter_table('requirement_check', schema=None) as batch_op:
        batch_op.drop_index('ix_requirement_check_day')

    op.drop_table('requirement_check')
    op.drop_table('outreach_action')
    with op.batch_alter_table('irm_result', schema=None) as batch_op:
        batch_op.drop_index('ix_irm_result_process')

    op.drop_table('irm_result')
    with op.batch_alter_table('compliance_alarm', schema=None) as batch_op:
        batch_op.drop_index('ix_compliance_alarm_open')

    op.drop_table('compliance_alarm')
    with op.batch_alter_table('attestation', schema=None) as batch_op:
        batch_op.drop_index('uq_attestation_standing', sqlite_where=sa.text('is_standing'), postgresql_where=sa.text('is_standing'))
        batch_op.drop_index('ix_attestation_space')

    op.drop_table('attestation')
    op.drop_table('site_probe')
    with op.batch_alter_table('compliance_profile', schema=None) as batch_op:
        batch_op.drop_index('ix_compliance_profile_space')

    op.drop_table('compliance_profile')
