"""The desk: what awaits the person, oldest first, and the ways into their work; nothing they may not do."""

from flask import render_template
from flask_login import current_user

from app.activities import queries as activities
from app.activities.messages import REGISTRATIONS
from app.activities.services import private_token
from app.agreements import queries as agreements
from app.budgeting import queries as budgeting
from app.budgeting.messages import AGENT_STATES
from app.core import clock
from app.core.guard import current_actor, guarded, may
from app.desk import queries
from app.desk.permissions import GRANTS, DeskPermission
from app.desk.views import bp
from app.desk.views.doors import doors
from app.desk.views.tasks import Tasks
from app.processes.permissions import GRANTS as PROCESS_GRANTS
from app.processes.permissions import ProcessPermission
from app.spaces import messages as spaces_messages
from app.spaces.permissions import GRANTS as SPACE_GRANTS
from app.spaces.permissions import SpacePermission
from app.spaces.rules import Role


@bp.get("/mesa")
@guarded(DeskPermission.ENTER, GRANTS)
def index() -> str:
    actor, now = current_actor(), clock.now()
    processes = queries.processes_of(actor)
    spaces = queries.spaces_of(actor)
    return render_template(
        "desk/index.html",
        tasks=Tasks(actor, processes, now).oldest_first(),
        roles=sorted({(spaces[held.space_id].name, str(spaces_messages.ROLES[Role(held.role)])) for held in actor.roles}),
        now=now,
        workshops=activities.coming_of_address(current_user.email, now),
        workshop_states=REGISTRATIONS,
        token_of=private_token,
        registrations=budgeting.registrations_of(actor.person_id or 0),
        to_sign=agreements.to_sign(actor.person_id or 0),
        agent_states=AGENT_STATES,
        doors=[(process, doors(process)) for process in processes.values()],
        spaces=list(spaces.values()),
        managed=[space for space in spaces.values() if may(SpacePermission.SEE_PEOPLE, SPACE_GRANTS, space)],
        may_create=[space for space in spaces.values() if may(ProcessPermission.CREATE, PROCESS_GRANTS, space)],
    )
