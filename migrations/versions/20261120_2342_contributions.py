"""contributions, who made them, how they are imported and moderated

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('code_sequence',
    sa.Column('process_id', sa.Integer(), nullable=False),
    sa.Column('series', sa.String(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_code_sequence_process_id_process')),
    sa.PrimaryKeyConstraint('process_id', 'series', name=op.f('pk_code_sequence'))
    )
    op.create_table('import_map',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('process_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('saved_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_import_map_process_id_process')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_map')),
    sa.UniqueConstraint('process_id', 'name', name='uq_import_map_name')
    )
    op.create_table('import_upload',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('process_id', sa.Integer(), nullable=False),
    sa.Column('opportunity_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('holds', sa.Enum('contributions', 'answers', name='holds', native_enum=False, length=40), nullable=False),
    sa.Column('file_name', sa.String(), nullable=False),
    sa.Column('settings', sa.Text(), nullable=False),
    sa.Column('report', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('imported_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], name=op.f('fk_import_upload_opportunity_id_opportunity')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_import_upload_person_id_person')),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_import_upload_process_id_process')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_upload')),
    sa.UniqueConstraint('key', name=op.f('uq_import_upload_key'))
    )
    with op.batch_alter_table('import_upload', schema=None) as batch_op:
        batch_op.create_index('ix_import_upload_created', ['created_at'], unique=False)
    op.create_table('contribution',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('process_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('series', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('external_reference', sa.String(), nullable=False),
    sa.Column('submission_key', sa.String(), nullable=False),
    sa.Column('channel', sa.Enum('taller', 'web', 'papel', 'telefono', 'correo', 'ventanilla', name='channel', native_enum=False, length=40), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=True),
    sa.Column('proponent_kind', sa.Enum('persona', 'organizacion', name='proponentkind', native_enum=False, length=40), nullable=False),
    sa.Column('public_name', sa.String(), nullable=False),
    sa.Column('organisation_name', sa.String(), nullable=False),
    sa.Column('sector', sa.Enum('government', 'civil-society', 'academia', 'private', 'media', 'cooperation', 'grassroots', 'indigenous', 'citizen', name='sector', native_enum=False, length=40), nullable=False),
    sa.Column('ubigeo', sa.String(), nullable=True),
    sa.Column('language', sa.Enum('es', 'qu', 'ay', 'otro', name='language', native_enum=False, length=40), nullable=False),
    sa.Column('theme_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('visibility', sa.Enum('held', 'public', 'hidden', name='visibility', native_enum=False, length=40), nullable=False),
    sa.Column('received_at', sa.DateTime(), nullable=False),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.Column('captured_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_contribution_activity_id_activity')),
    sa.ForeignKeyConstraint(['captured_by_id'], ['person.id'], name=op.f('fk_contribution_captured_by_id_person')),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_contribution_process_id_process')),
    sa.ForeignKeyConstraint(['theme_id'], ['theme.id'], name=op.f('fk_contribution_theme_id_theme')),
    sa.ForeignKeyConstraint(['ubigeo'], ['territory.ubigeo'], name=op.f('fk_contribution_ubigeo_territory')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contribution')),
    sa.UniqueConstraint('code', name=op.f('uq_contribution_code')),
    sa.UniqueConstraint('process_id', 'series', 'number', name='uq_contribution_number'),
    sa.UniqueConstraint('submission_key', name=op.f('uq_contribution_submission_key'))
    )
    with op.batch_alter_table('contribution', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contribution_activity_id'), ['activity_id'], unique=False)
        batch_op.create_index('ix_contribution_public', ['process_id', 'visibility', 'received_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contribution_theme_id'), ['theme_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contribution_ubigeo'), ['ubigeo'], unique=False)
        batch_op.create_index('ix_contribution_waiting', ['process_id', 'answered_at', 'received_at'], unique=False)
        batch_op.create_index('uq_contribution_external', ['process_id', 'external_reference'], unique=True, sqlite_where=sa.text("external_reference <> ''"), postgresql_where=sa.text("external_reference <> ''"))
    op.create_table('authorship',
    sa.Column('contribution_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('consent', sa.Enum('nombre', 'iniciales', 'anonimo', name='nameconsent', native_enum=False, length=40), nullable=False),
    sa.Column('consent_text', sa.String(), nullable=False),
    sa.Column('consented_at', sa.DateTime(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('phone', sa.String(), nullable=False),
    sa.Column('receipt_hash', sa.String(), nullable=False),
    sa.Column('sent_sha256', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['contribution_id'], ['contribution.id'], name=op.f('fk_authorship_contribution_id_contribution')),
    sa.PrimaryKeyConstraint('contribution_id', name=op.f('pk_authorship')),
    sa.UniqueConstraint('receipt_hash', name=op.f('uq_authorship_receipt_hash'))
    )
    op.create_table('moderation_action',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('contribution_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('publish', 'hide', 'restore', 'redact', name='moderationkind', native_enum=False, length=40), nullable=False),
    sa.Column('reason', sa.Enum('personal-data', 'insult', 'advertising', 'off-topic', 'unlawful', name='hidingreason', native_enum=False, length=40), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('original', sa.Text(), nullable=False),
    sa.Column('moderator_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['contribution_id'], ['contribution.id'], name=op.f('fk_moderation_action_contribution_id_contribution')),
    sa.ForeignKeyConstraint(['moderator_id'], ['person.id'], name=op.f('fk_moderation_action_moderator_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_moderation_action'))
    )
    with op.batch_alter_table('moderation_action', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_moderation_action_contribution_id'), ['contribution_id'], unique=False)


def downgrade() -> None:
    op.drop_table("moderation_action")
    op.drop_table("authorship")
    op.drop_table("contribution")
    op.drop_table("import_upload")
    op.drop_table("import_map")
    op.drop_table("code_sequence")
