"""processes with their schedules, the roles held in them, files and activities

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('process',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('ogp-national', 'ogp-local', 'participatory-budget', 'consultation', name='processkind', native_enum=False, length=40), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('summary', sa.String(), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('description_html', sa.Text(), nullable=False),
    sa.Column('influence', sa.Enum('informar', 'consultar', 'cooperar', 'decidir', name='influence', native_enum=False, length=40), nullable=False),
    sa.Column('influence_note', sa.String(), nullable=False),
    sa.Column('is_retroactive', sa.Boolean(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'scheduled', 'running', 'inputs-closed', 'deliberation', 'feedback', 'answered', 'plan-drafted', 'public-validation', 'approved', 'submitted', 'implementing', 'closed', 'suspended', 'cancelled', name='processstate', native_enum=False, length=40), nullable=False),
    sa.Column('state_reason', sa.Text(), nullable=False),
    sa.Column('suspended_from', sa.Enum('draft', 'scheduled', 'running', 'inputs-closed', 'deliberation', 'feedback', 'answered', 'plan-drafted', 'public-validation', 'approved', 'submitted', 'implementing', 'closed', 'suspended', 'cancelled', name='processstate', native_enum=False, length=40), nullable=True),
    sa.Column('start_at', sa.DateTime(), nullable=True),
    sa.Column('approved_at', sa.DateTime(), nullable=True),
    sa.Column('public_revision', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['created_by_id'], ['person.id'], name=op.f('fk_process_created_by_id_person')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_process_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_process')),
    sa.UniqueConstraint('code', name=op.f('uq_process_code')),
    sa.UniqueConstraint('slug', name=op.f('uq_process_slug'))
    )
    with op.batch_alter_table('process', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_process_space_id'), ['space_id'], unique=False)
    op.create_table('criterion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('process_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('weight', sa.Integer(), nullable=False),
    sa.Column('how_to_check', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_criterion_process_id_process')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_criterion')),
    sa.UniqueConstraint('process_id', 'name', name='uq_criterion_name')
    )
    op.create_table('opportunity',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('process_id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('workshop', 'assembly', 'meeting', 'consultation', 'online', 'window', name='opportunitykind', native_enum=False, length=40), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('theme', sa.String(), nullable=False),
    sa.Column('starts_at', sa.DateTime(), nullable=False),
    sa.Column('ends_at', sa.DateTime(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('url', sa.String(), nullable=False),
    sa.Column('ubigeo', sa.String(), nullable=True),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('who_can_join', sa.Text(), nullable=False),
    sa.Column('how_to_register', sa.Text(), nullable=False),
    sa.Column('contact', sa.String(), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=False),
    sa.Column('accessibility', sa.Text(), nullable=False),
    sa.Column('agenda', sa.Text(), nullable=False),
    sa.Column('is_withdrawn', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_opportunity_process_id_process')),
    sa.ForeignKeyConstraint(['ubigeo'], ['territory.ubigeo'], name=op.f('fk_opportunity_ubigeo_territory')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opportunity')),
    sa.UniqueConstraint('process_id', 'slug', name='uq_opportunity_slug')
    )
    with op.batch_alter_table('opportunity', schema=None) as batch_op:
        batch_op.create_index('ix_opportunity_starts', ['starts_at'], unique=False)
    op.create_table('phase',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('process_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('preparation', 'problems', 'cocreation', 'feedback', 'validation', 'approval', name='phasekind', native_enum=False, length=40), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('summary', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('opens_at', sa.DateTime(), nullable=False),
    sa.Column('closes_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_phase_process_id_process')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_phase')),
    sa.UniqueConstraint('process_id', 'kind', name='uq_phase_kind')
    )
    op.create_table('role_assignment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.Integer(), nullable=False),
    sa.Column('process_id', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('role', sa.Enum('FAC', 'FG', 'FC', 'SEC', 'ENT', 'MOD', 'MUN', 'CVC', 'ADM', 'IRM', name='role', native_enum=False, length=40), nullable=False),
    sa.Column('appointed_by', sa.String(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_role_assignment_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_role_assignment_person_id_person')),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_role_assignment_process_id_process')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_role_assignment_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_assignment'))
    )
    with op.batch_alter_table('role_assignment', schema=None) as batch_op:
        batch_op.create_index('ix_role_assignment_person', ['person_id', 'space_id'], unique=False)
    op.create_table('schedule_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('process_id', sa.Integer(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=True),
    sa.Column('state', sa.Enum('draft', 'in-review', 'published', 'replaced', name='versionstate', native_enum=False, length=40), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('drafted_by_id', sa.Integer(), nullable=False),
    sa.Column('drafter_ids', sa.JSON(), nullable=False),
    sa.Column('drafted_at', sa.DateTime(), nullable=False),
    sa.Column('published_by_id', sa.Integer(), nullable=True),
    sa.Column('published_at', sa.DateTime(), nullable=True),
    sa.Column('notice_days', sa.Integer(), nullable=True),
    sa.Column('is_short_notice', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['drafted_by_id'], ['person.id'], name=op.f('fk_schedule_version_drafted_by_id_person')),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_schedule_version_process_id_process')),
    sa.ForeignKeyConstraint(['published_by_id'], ['person.id'], name=op.f('fk_schedule_version_published_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_version')),
    sa.UniqueConstraint('process_id', 'n', name='uq_schedule_version_n')
    )
    with op.batch_alter_table('schedule_version', schema=None) as batch_op:
        batch_op.create_index('uq_schedule_version_open', ['process_id'], unique=True, sqlite_where=sa.text("state IN ('draft', 'in-review')"), postgresql_where=sa.text("state IN ('draft', 'in-review')"))
    op.create_table('theme',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('process_id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('question', sa.String(), nullable=False),
    sa.Column('context', sa.Text(), nullable=False),
    sa.Column('context_html', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_theme_process_id_process')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_theme')),
    sa.UniqueConstraint('process_id', 'slug', name='uq_theme_slug')
    )
    op.create_table('schedule_approval',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.Enum('secretariat', 'non-government', name='approvalseat', native_enum=False, length=40), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('approved_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_schedule_approval_person_id_person')),
    sa.ForeignKeyConstraint(['version_id'], ['schedule_version.id'], name=op.f('fk_schedule_approval_version_id_schedule_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedule_approval')),
    sa.UniqueConstraint('version_id', 'seat', name='uq_schedule_approval_seat')
    )
    op.create_table('attachment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('subject_kind', sa.String(), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.Integer(), nullable=True),
    sa.Column('process_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.Enum('minutes', 'photo', 'audio', 'video', 'data', 'document', name='attachmentkind', native_enum=False, length=40), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('file_name', sa.String(), nullable=False),
    sa.Column('media_type', sa.String(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('is_public', sa.Boolean(), nullable=False),
    sa.Column('is_for_public', sa.Boolean(), nullable=False),
    sa.Column('uploaded_by_id', sa.Integer(), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('removed_by_id', sa.Integer(), nullable=True),
    sa.Column('removed_reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_attachment_process_id_process')),
    sa.ForeignKeyConstraint(['removed_by_id'], ['person.id'], name=op.f('fk_attachment_removed_by_id_person')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_attachment_space_id_space')),
    sa.ForeignKeyConstraint(['uploaded_by_id'], ['person.id'], name=op.f('fk_attachment_uploaded_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachment')),
    sa.UniqueConstraint('key', name=op.f('uq_attachment_key'))
    )
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.create_index('ix_attachment_subject', ['subject_kind', 'subject_id'], unique=False)
    op.create_table('activity',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('process_id', sa.Integer(), nullable=False),
    sa.Column('opportunity_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('planned', 'held', 'documented', 'published', 'cancelled', name='activitystate', native_enum=False, length=40), nullable=False),
    sa.Column('facilitator_id', sa.Integer(), nullable=True),
    sa.Column('started_at', sa.DateTime(), nullable=True),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('published_at', sa.DateTime(), nullable=True),
    sa.Column('cancelled_reason', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['facilitator_id'], ['person.id'], name=op.f('fk_activity_facilitator_id_person')),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], name=op.f('fk_activity_opportunity_id_opportunity')),
    sa.ForeignKeyConstraint(['process_id'], ['process.id'], name=op.f('fk_activity_process_id_process')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity')),
    sa.UniqueConstraint('opportunity_id', name=op.f('uq_activity_opportunity_id')),
    sa.UniqueConstraint('process_id', 'number', name='uq_activity_number')
    )
    op.create_table('activity_minutes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('saved_by_id', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(), nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_activity_minutes_activity_id_activity')),
    sa.ForeignKeyConstraint(['saved_by_id'], ['person.id'], name=op.f('fk_activity_minutes_saved_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity_minutes')),
    sa.UniqueConstraint('activity_id', 'version', name='uq_activity_minutes_version')
    )
    op.create_table('attendance',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('dimension', sa.Enum('sector', 'sex', 'age', 'language', name='dimension', native_enum=False, length=40), nullable=False),
    sa.Column('category', sa.String(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.CheckConstraint('people >= 0', name=op.f('ck_attendance_people_not_negative')),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_attendance_activity_id_activity')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attendance')),
    sa.UniqueConstraint('activity_id', 'dimension', 'category', name='uq_attendance_category')
    )
    op.create_table('registration',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('opportunity_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('organisation', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=True),
    sa.Column('phone', sa.String(), nullable=False),
    sa.Column('needs', sa.Text(), nullable=False),
    sa.Column('submission_key', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], name=op.f('fk_registration_opportunity_id_opportunity')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration')),
    sa.UniqueConstraint('opportunity_id', 'email', name='uq_registration_email'),
    sa.UniqueConstraint('submission_key', name=op.f('uq_registration_submission_key'))
    )


def downgrade() -> None:
    op.drop_table("registration")
    op.drop_table("attendance")
    op.drop_table("activity_minutes")
    op.drop_table("activity")
    op.drop_table("attachment")
    op.drop_table("schedule_approval")
    op.drop_table("theme")
    op.drop_table("schedule_version")
    op.drop_table("role_assignment")
    op.drop_table("phase")
    op.drop_table("opportunity")
    op.drop_table("criterion")
    op.drop_table("process")
