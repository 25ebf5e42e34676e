"""forum and calls

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('forum',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('norm', sa.String(), nullable=False),
    sa.Column('norm_url', sa.String(), nullable=False),
    sa.Column('requires_induction', sa.Boolean(), nullable=False),
    sa.Column('public_revision', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_forum_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum')),
    sa.UniqueConstraint('space_id', name=op.f('uq_forum_space_id'))
    )
    op.create_table('forum_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.Integer(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=True),
    sa.Column('state', sa.Enum('draft', 'in-review', 'published', 'replaced', name='rulesstate', native_enum=False, length=40), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('norm', sa.String(), nullable=False),
    sa.Column('norm_url', sa.String(), nullable=False),
    sa.Column('quorum_numerator', sa.Integer(), nullable=False),
    sa.Column('quorum_denominator', sa.Integer(), nullable=False),
    sa.Column('is_more_than', sa.Boolean(), nullable=False),
    sa.Column('government_least', sa.Integer(), nullable=False),
    sa.Column('non_government_least', sa.Integer(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('drafted_by_id', sa.Integer(), nullable=False),
    sa.Column('drafted_at', sa.DateTime(), nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['drafted_by_id'], ['person.id'], name=op.f('fk_forum_rules_drafted_by_id_person')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_forum_rules_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_rules')),
    sa.UniqueConstraint('space_id', 'n', name='uq_forum_rules_n')
    )
    with op.batch_alter_table('forum_rules', schema=None) as batch_op:
        batch_op.create_index('uq_forum_rules_open', ['space_id'], unique=True, sqlite_where=sa.text("state IN ('draft', 'in-review')"), postgresql_where=sa.text("state IN ('draft', 'in-review')"))

    op.create_table('induction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('taught_by', sa.String(), nullable=False),
    sa.Column('topics', sa.Text(), nullable=False),
    sa.Column('certificate', sa.String(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_induction_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_induction_recorded_by_id_person')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_induction_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_induction'))
    )
    with op.batch_alter_table('induction', schema=None) as batch_op:
        batch_op.create_index('ix_induction_space', ['space_id', 'organisation_id'], unique=False)

    op.create_table('sustainability_assessment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('reform', sa.String(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('conclusion', sa.Enum('sustainable', 'with-conditions', 'not-sustainable', name='conclusion', native_enum=False, length=40), nullable=False),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('saved_by_id', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(), nullable=False),
    sa.Column('signed_by_id', sa.Integer(), nullable=True),
    sa.Column('signed_as', sa.String(), nullable=False),
    sa.Column('signed_at', sa.DateTime(), nullable=True),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_sustainability_assessment_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['saved_by_id'], ['person.id'], name=op.f('fk_sustainability_assessment_saved_by_id_person')),
    sa.ForeignKeyConstraint(['signed_by_id'], ['person.id'], name=op.f('fk_sustainability_assessment_signed_by_id_person')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_sustainability_assessment_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sustainability_assessment'))
    )
    with op.batch_alter_table('sustainability_assessment', schema=None) as batch_op:
        batch_op.create_index('ix_sustainability_assessment_space', ['space_id', 'organisation_id'], unique=False)

    op.create_table('forum_meeting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('ordinary', 'extraordinary', 'hearing', name='meetingkind', native_enum=False, length=40), nullable=False),
    sa.Column('state', sa.Enum('convened', 'agenda-published', 'held', 'minutes-draft', 'minutes-approved', 'published', 'no-quorum', 'cancelled', name='meetingstate', native_enum=False, length=40), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('starts_at', sa.DateTime(), nullable=False),
    sa.Column('ends_at', sa.DateTime(), nullable=False),
    sa.Column('mode', sa.Enum('in-person', 'online', 'hybrid', name='meetingmode', native_enum=False, length=40), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('url', sa.String(), nullable=False),
    sa.Column('norm', sa.String(), nullable=False),
    sa.Column('process_slug', sa.String(), nullable=False),
    sa.Column('is_implementation_review', sa.Boolean(), nullable=False),
    sa.Column('is_cocreation', sa.Boolean(), nullable=False),
    sa.Column('agenda', sa.Text(), nullable=False),
    sa.Column('agenda_html', sa.Text(), nullable=False),
    sa.Column('convened_at', sa.DateTime(), nullable=False),
    sa.Column('agenda_published_at', sa.DateTime(), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('report_published_at', sa.DateTime(), nullable=True),
    sa.Column('held_at', sa.DateTime(), nullable=True),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('rules_version_id', sa.Integer(), nullable=True),
    sa.Column('government_seats', sa.Integer(), nullable=False),
    sa.Column('non_government_seats', sa.Integer(), nullable=False),
    sa.Column('government_present', sa.Integer(), nullable=False),
    sa.Column('non_government_present', sa.Integer(), nullable=False),
    sa.Column('comments', sa.Text(), nullable=False),
    sa.Column('results_url', sa.String(), nullable=False),
    sa.Column('minutes_published_at', sa.DateTime(), nullable=True),
    sa.Column('minutes_sha256', sa.String(), nullable=False),
    sa.Column('cancelled_reason', sa.Text(), nullable=False),
    sa.Column('convened_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['convened_by_id'], ['person.id'], name=op.f('fk_forum_meeting_convened_by_id_person')),
    sa.ForeignKeyConstraint(['rules_version_id'], ['forum_rules.id'], name=op.f('fk_forum_meeting_rules_version_id_forum_rules')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_forum_meeting_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_meeting')),
    sa.UniqueConstraint('space_id', 'number', name='uq_forum_meeting_number'),
    sa.UniqueConstraint('space_id', 'slug', name='uq_forum_meeting_slug')
    )
    with op.batch_alter_table('forum_meeting', schema=None) as batch_op:
        batch_op.create_index('ix_forum_meeting_starts', ['starts_at'], unique=False)

    op.create_table('forum_rules_approval',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.Enum('government', 'non-government', name='side', native_enum=False, length=40), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('approved_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_forum_rules_approval_person_id_person')),
    sa.ForeignKeyConstraint(['version_id'], ['forum_rules.id'], name=op.f('fk_forum_rules_approval_version_id_forum_rules')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_rules_approval')),
    sa.UniqueConstraint('version_id', 'side', name='uq_forum_rules_approval_side')
    )
    op.create_table('forum_agreement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('owner', sa.String(), nullable=False),
    sa.Column('owner_organisation_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('open', 'done', 'dropped', name='agreementstate', native_enum=False, length=40), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('evidence_url', sa.String(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('closed_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['meeting_id'], ['forum_meeting.id'], name=op.f('fk_forum_agreement_meeting_id_forum_meeting')),
    sa.ForeignKeyConstraint(['owner_organisation_id'], ['organisation.id'], name=op.f('fk_forum_agreement_owner_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_forum_agreement_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_agreement')),
    sa.UniqueConstraint('meeting_id', 'number', name='uq_forum_agreement_number')
    )
    with op.batch_alter_table('forum_agreement', schema=None) as batch_op:
        batch_op.create_index('ix_forum_agreement_space', ['space_id', 'state', 'due_on'], unique=False)

    op.create_table('forum_guests',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('sector', sa.Enum('government', 'civil-society', 'academia', 'private', 'media', 'cooperation', 'grassroots', 'indigenous', 'citizen', name='sector', native_enum=False, length=40), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.CheckConstraint('people >= 0', name=op.f('ck_forum_guests_people_not_negative')),
    sa.ForeignKeyConstraint(['meeting_id'], ['forum_meeting.id'], name=op.f('fk_forum_guests_meeting_id_forum_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_guests')),
    sa.UniqueConstraint('meeting_id', 'sector', name='uq_forum_guests_sector')
    )
    op.create_table('forum_minutes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('saved_by_id', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(), nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['meeting_id'], ['forum_meeting.id'], name=op.f('fk_forum_minutes_meeting_id_forum_meeting')),
    sa.ForeignKeyConstraint(['saved_by_id'], ['person.id'], name=op.f('fk_forum_minutes_saved_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_minutes')),
    sa.UniqueConstraint('meeting_id', 'version', name='uq_forum_minutes_version')
    )
    op.create_table('forum_seat',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('sector', sa.Enum('government', 'civil-society', 'academia', 'private', 'media', 'cooperation', 'grassroots', 'indigenous', 'citizen', name='sector', native_enum=False, length=40), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('holder_id', sa.Integer(), nullable=True),
    sa.Column('holder_name', sa.String(), nullable=False),
    sa.Column('holder_email', sa.String(), nullable=False),
    sa.Column('holder_role_id', sa.Integer(), nullable=True),
    sa.Column('alternate_id', sa.Integer(), nullable=True),
    sa.Column('alternate_name', sa.String(), nullable=False),
    sa.Column('alternate_email', sa.String(), nullable=False),
    sa.Column('alternate_role_id', sa.Integer(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('end_reason', sa.Text(), nullable=False),
    sa.Column('appointed_by', sa.String(), nullable=False),
    sa.Column('document_url', sa.String(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['alternate_id'], ['person.id'], name=op.f('fk_forum_seat_alternate_id_person')),
    sa.ForeignKeyConstraint(['alternate_role_id'], ['role_assignment.id'], name=op.f('fk_forum_seat_alternate_role_id_role_assignment')),
    sa.ForeignKeyConstraint(['holder_id'], ['person.id'], name=op.f('fk_forum_seat_holder_id_person')),
    sa.ForeignKeyConstraint(['holder_role_id'], ['role_assignment.id'], name=op.f('fk_forum_seat_holder_role_id_role_assignment')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_forum_seat_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_forum_seat_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_seat')),
    sa.UniqueConstraint('space_id', 'number', 'starts_on', name='uq_forum_seat_term')
    )
    op.create_table('hearing_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('sector', sa.Enum('government', 'civil-society', 'academia', 'private', 'media', 'cooperation', 'grassroots', 'indigenous', 'citizen', name='sector', native_enum=False, length=40), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_by', sa.String(), nullable=False),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['forum_meeting.id'], name=op.f('fk_hearing_question_meeting_id_forum_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hearing_question')),
    sa.UniqueConstraint('meeting_id', 'number', name='uq_hearing_question_number')
    )
    op.create_table('motion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('yes-no', 'ranking', name='motionkind', native_enum=False, length=40), nullable=False),
    sa.Column('majority', sa.Enum('simple', 'two-thirds', 'by-side', name='majority', native_enum=False, length=40), nullable=False),
    sa.Column('state', sa.Enum('open', 'closed', 'withdrawn', name='motionstate', native_enum=False, length=40), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('process_slug', sa.String(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=True),
    sa.Column('rules_version_id', sa.Integer(), nullable=False),
    sa.Column('opened_by_id', sa.Integer(), nullable=False),
    sa.Column('opened_at', sa.DateTime(), nullable=False),
    sa.Column('closes_at', sa.DateTime(), nullable=False),
    sa.Column('closed_at', sa.DateTime(), nullable=True),
    sa.Column('withdrawn_reason', sa.Text(), nullable=False),
    sa.Column('verdict', sa.Enum('passed', 'rejected', 'tied', 'ranked', 'no-quorum', name='verdict', native_enum=False, length=40), nullable=True),
    sa.Column('government_seats', sa.Integer(), nullable=False),
    sa.Column('non_government_seats', sa.Integer(), nullable=False),
    sa.Column('result', sa.JSON(), nullable=True),
    sa.ForeignKeyConstraint(['meeting_id'], ['forum_meeting.id'], name=op.f('fk_motion_meeting_id_forum_meeting')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['person.id'], name=op.f('fk_motion_opened_by_id_person')),
    sa.ForeignKeyConstraint(['rules_version_id'], ['forum_rules.id'], name=op.f('fk_motion_rules_version_id_forum_rules')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_motion_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_motion')),
    sa.UniqueConstraint('space_id', 'number', name='uq_motion_number'),
    sa.UniqueConstraint('space_id', 'slug', name='uq_motion_slug')
    )
    op.create_table('call',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('renewal', 'contest', name='callkind', native_enum=False, length=40), nullable=False),
    sa.Column('state', sa.Enum('draft', 'published', 'evaluating', 'results', 'finished', 'cancelled', name='callstate', native_enum=False, length=40), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('requirements', sa.Text(), nullable=False),
    sa.Column('requirements_html', sa.Text(), nullable=False),
    sa.Column('norm', sa.String(), nullable=False),
    sa.Column('contact', sa.String(), nullable=False),
    sa.Column('selection', sa.Enum('vote', 'lot', 'scoring', name='selection', native_enum=False, length=40), nullable=False),
    sa.Column('opens_on', sa.Date(), nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=False),
    sa.Column('results_on', sa.Date(), nullable=False),
    sa.Column('claims_until', sa.Date(), nullable=False),
    sa.Column('term_starts_on', sa.Date(), nullable=True),
    sa.Column('term_ends_on', sa.Date(), nullable=True),
    sa.Column('created_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=True),
    sa.Column('evaluating_at', sa.DateTime(), nullable=True),
    sa.Column('results_at', sa.DateTime(), nullable=True),
    sa.Column('finished_at', sa.DateTime(), nullable=True),
    sa.Column('closing_note', sa.Text(), nullable=False),
    sa.Column('lot_seed', sa.String(), nullable=False),
    sa.Column('lot_source', sa.Text(), nullable=False),
    sa.Column('motion_id', sa.Integer(), nullable=True),
    sa.Column('public_revision', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['created_by_id'], ['person.id'], name=op.f('fk_call_created_by_id_person')),
    sa.ForeignKeyConstraint(['motion_id'], ['motion.id'], name=op.f('fk_call_motion_id_motion')),
    sa.ForeignKeyConstraint(['space_id'], ['space.id'], name=op.f('fk_call_space_id_space')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call')),
    sa.UniqueConstraint('slug', name=op.f('uq_call_slug')),
    sa.UniqueConstraint('space_id', 'number', name='uq_call_number')
    )
    op.create_table('forum_attendance',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=False),
    sa.Column('who', sa.Enum('holder', 'alternate', name='sitting', native_enum=False, length=40), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['forum_meeting.id'], name=op.f('fk_forum_attendance_meeting_id_forum_meeting')),
    sa.ForeignKeyConstraint(['seat_id'], ['forum_seat.id'], name=op.f('fk_forum_attendance_seat_id_forum_seat')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_attendance')),
    sa.UniqueConstraint('meeting_id', 'seat_id', name='uq_forum_attendance_seat')
    )
    op.create_table('forum_minutes_approval',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('minutes_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.Enum('government', 'non-government', name='side', native_enum=False, length=40), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('approved_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['minutes_id'], ['forum_minutes.id'], name=op.f('fk_forum_minutes_approval_minutes_id_forum_minutes')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_forum_minutes_approval_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forum_minutes_approval')),
    sa.UniqueConstraint('minutes_id', 'side', name='uq_forum_minutes_approval_side')
    )
    op.create_table('motion_option',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('motion_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['motion_id'], ['motion.id'], name=op.f('fk_motion_option_motion_id_motion')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_motion_option')),
    sa.UniqueConstraint('motion_id', 'position', name='uq_motion_option_position')
    )
    op.create_table('seat_vote',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('motion_id', sa.Integer(), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=False),
    sa.Column('seat_number', sa.Integer(), nullable=False),
    sa.Column('side', sa.Enum('government', 'non-government', name='side', native_enum=False, length=40), nullable=False),
    sa.Column('who', sa.Enum('holder', 'alternate', name='sitting', native_enum=False, length=40), nullable=False),
    sa.Column('choice', sa.Enum('for', 'against', 'abstain', name='choice', native_enum=False, length=40), nullable=True),
    sa.Column('ranking', sa.JSON(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('is_by_hand', sa.Boolean(), nullable=False),
    sa.Column('cast_by_id', sa.Integer(), nullable=False),
    sa.Column('cast_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['cast_by_id'], ['person.id'], name=op.f('fk_seat_vote_cast_by_id_person')),
    sa.ForeignKeyConstraint(['motion_id'], ['motion.id'], name=op.f('fk_seat_vote_motion_id_motion')),
    sa.ForeignKeyConstraint(['seat_id'], ['forum_seat.id'], name=op.f('fk_seat_vote_seat_id_forum_seat')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seat_vote')),
    sa.UniqueConstraint('motion_id', 'seat_number', name='uq_seat_vote_seat')
    )
    op.create_table('call_application',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('submission_key', sa.String(), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('organisation_name', sa.String(), nullable=False),
    sa.Column('folded_organisation', sa.String(), nullable=False),
    sa.Column('sector', sa.Enum('government', 'civil-society', 'academia', 'private', 'media', 'cooperation', 'grassroots', 'indigenous', 'citizen', name='sector', native_enum=False, length=40), nullable=False),
    sa.Column('representative', sa.String(), nullable=False),
    sa.Column('alternate', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('phone', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('motive', sa.Text(), nullable=False),
    sa.Column('reform', sa.Text(), nullable=False),
    sa.Column('is_ongoing', sa.Boolean(), nullable=False),
    sa.Column('received_at', sa.DateTime(), nullable=False),
    sa.Column('state', sa.Enum('received', 'eligible', 'ineligible', 'withdrawn', name='applicationstate', native_enum=False, length=40), nullable=False),
    sa.Column('eligibility_reason', sa.Text(), nullable=False),
    sa.Column('checked_by_id', sa.Integer(), nullable=True),
    sa.Column('checked_at', sa.DateTime(), nullable=True),
    sa.Column('points', sa.Integer(), nullable=True),
    sa.Column('place', sa.Integer(), nullable=True),
    sa.Column('outcome', sa.Enum('selected', 'reserve', 'not-selected', name='outcome', native_enum=False, length=40), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('seat_number', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_call_application_call_id_call')),
    sa.ForeignKeyConstraint(['checked_by_id'], ['person.id'], name=op.f('fk_call_application_checked_by_id_person')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_call_application_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_call_application_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_application')),
    sa.UniqueConstraint('call_id', 'folded_organisation', name='uq_call_application_organisation'),
    sa.UniqueConstraint('call_id', 'number', name='uq_call_application_number'),
    sa.UniqueConstraint('code', name=op.f('uq_call_application_code')),
    sa.UniqueConstraint('submission_key', name=op.f('uq_call_application_submission_key')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_call_application_token_hash'))
    )
    op.create_table('call_criterion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('weight', sa.Integer(), nullable=False),
    sa.Column('scale', sa.Integer(), nullable=False),
    sa.Column('how_to_check', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_call_criterion_call_id_call')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_criterion')),
    sa.UniqueConstraint('call_id', 'position', name='uq_call_criterion_position')
    )
    op.create_table('call_juror',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('office', sa.String(), nullable=False),
    sa.Column('sector', sa.Enum('government', 'civil-society', 'academia', 'private', 'media', 'cooperation', 'grassroots', 'indigenous', 'citizen', name='sector', native_enum=False, length=40), nullable=False),
    sa.Column('conflicts', sa.JSON(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('declared_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_call_juror_call_id_call')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_call_juror_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_juror')),
    sa.UniqueConstraint('call_id', 'person_id', name='uq_call_juror_person')
    )
    op.create_table('call_seat',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('sector', sa.Enum('government', 'civil-society', 'academia', 'private', 'media', 'cooperation', 'grassroots', 'indigenous', 'citizen', name='sector', native_enum=False, length=40), nullable=False),
    sa.ForeignKeyConstraint(['call_id'], ['call.id'], name=op.f('fk_call_seat_call_id_call')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_seat')),
    sa.UniqueConstraint('call_id', 'number', name='uq_call_seat_number')
    )
    op.create_table('call_claim',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('received_at', sa.DateTime(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('is_upheld', sa.Boolean(), nullable=True),
    sa.Column('previous_outcome', sa.Enum('selected', 'reserve', 'not-selected', name='outcome', native_enum=False, length=40), nullable=True),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['application_id'], ['call_application.id'], name=op.f('fk_call_claim_application_id_call_application')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_claim')),
    sa.UniqueConstraint('application_id', name='uq_call_claim_application')
    )
    op.create_table('call_score',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('application_id', sa.Integer(), nullable=False),
    sa.Column('juror_id', sa.Integer(), nullable=False),
    sa.Column('criterion_id', sa.Integer(), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.Column('scored_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint('value >= 0', name=op.f('ck_call_score_value_not_negative')),
    sa.ForeignKeyConstraint(['application_id'], ['call_application.id'], name=op.f('fk_call_score_application_id_call_application')),
    sa.ForeignKeyConstraint(['criterion_id'], ['call_criterion.id'], name=op.f('fk_call_score_criterion_id_call_criterion')),
    sa.ForeignKeyConstraint(['juror_id'], ['call_juror.id'], name=op.f('fk_call_score_juror_id_call_juror')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_score')),
    sa.UniqueConstraint('application_id', 'juror_id', 'criterion_id', name='uq_call_score_cell')
    )
    with op.batch_alter_table('call_score', schema=None) as batch_op:
        batch_op.create_index('ix_call_score_juror', ['juror_id'], unique=False)

    # ### end Alembic commands ###


def downgrade() -> None:
    with op.batch_alter_table('call_score', schema=None) as batch_op:
        batch_op.drop_index('ix_call_score_juror')

    op.drop_table('call_score')
    op.drop_table('call_claim')
    op.drop_table('call_seat')
    op.drop_table('call_juror')
    op.drop_table('call_criterion')
    op.drop_table('call_application')
    op.drop_table('seat_vote')
    op.drop_table('motion_option')
    op.drop_table('forum_minutes_approval')
    op.drop_table('forum_attendance')
    op.drop_table('call')
    op.drop_table('motion')
    op.drop_table('hearing_question')
    op.drop_table('forum_seat')
    op.drop_table('forum_minutes')
    op.drop_table('forum_guests')
    with op.batch_alter_table('forum_agreement', schema=None) as batch_op:
        batch_op.drop_index('ix_forum_agreement_space')

    op.drop_table('forum_agreement')
    op.drop_table('forum_rules_approval')
    with op.batch_alter_table('forum_meeting', schema=None) as batch_op:
        batch_op.drop_index('ix_forum_meeting_starts')

    op.drop_table('forum_meeting')
    with op.batch_alter_table('sustainability_assessment', schema=None) as batch_op:
        batch_op.drop_index('ix_sustainability_assessment_space')

    op.drop_table('sustainability_assessment')
    with op.batch_alter_table('induction', schema=None) as batch_op:
        batch_op.drop_index('ix_induction_space')

    op.drop_table('induction')
    with op.batch_alter_table('forum_rules', schema=None) as batch_op:
        batch_op.drop_index('uq_forum_rules_open', sqlite_where=sa.text("state IN ('draft', 'in-review')"), postgresql_where=sa.text("state IN ('draft', 'in-review')"))

    op.drop_table('forum_rules')
    op.drop_table('forum')
    # ### end Alembic commands ###
