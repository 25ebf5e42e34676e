"""States of a plan."""

from enum import StrEnum


class PlanState(StrEnum):
    DRAFT = "draft"
    APPROVED = "approved"


class PlanSeat(StrEnum):
    GOVERNMENT = "government"
    NON_GOVERNMENT = "non-government"
