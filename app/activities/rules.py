"""States of an activity and the categories of aggregate attendance (domain.md 10, 11)."""

from enum import StrEnum


class ActivityState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    DOCUMENTED = "documented"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class Dimension(StrEnum):
    SECTOR = "sector"
    SEX = "sex"
    AGE = "age"
    LANGUAGE = "language"


CATEGORIES: dict[Dimension, tuple[str, ...]] = {
    Dimension.SECTOR: ("grassroots", "civil-society", "indigenous", "academia", "private", "government", "media", "cooperation", "citizen"),
    Dimension.SEX: ("women", "men", "non-binary", "undisclosed"),
    Dimension.AGE: ("under-18", "18-29", "30-59", "60-plus", "undisclosed"),
    Dimension.LANGUAGE: ("es", "qu", "other"),
}
