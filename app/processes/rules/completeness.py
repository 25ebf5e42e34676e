"""What an opportunity must say before it counts as announced (MR-3.1 of domain.md 4.2)."""

from enum import StrEnum

from app.processes.rules.schedule import OpportunityPlan, Schedule


class Missing(StrEnum):
    """What an opportunity lacks; the value is the form field where it is written."""

    TITLE = "title"
    START = "starts_on"
    END = "ends_on"
    PLACE_OR_LINK = "place"
    WHO_CAN_JOIN = "who_can_join"
    HOW_TO_REGISTER = "how_to_register"
    CONTACT = "contact"


def missing_from(plan: OpportunityPlan) -> tuple[Missing, ...]:
    """What `plan` still has to say, in the order of the form; empty when it is complete."""
    has = {
        Missing.TITLE: plan.title,
        Missing.START: plan.starts_at,
        Missing.END: plan.ends_at,
        Missing.PLACE_OR_LINK: plan.place.strip() or plan.url.strip(),
        Missing.WHO_CAN_JOIN: plan.who_can_join.strip(),
        Missing.HOW_TO_REGISTER: plan.how_to_register.strip(),
        Missing.CONTACT: plan.contact.strip(),
    }
    return tuple(item for item, value in has.items() if not value)


def is_complete(schedule: Schedule) -> bool:
    """Whether it announces a start and at least one opportunity, and every opportunity says all it must."""
    return schedule.start_at is not None and bool(schedule.opportunities) and not any(missing_from(plan) for plan in schedule.opportunities)
