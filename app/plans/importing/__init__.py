"""Reading the file of past plans that ships with the code."""

from app.plans.importing.past_plans import LibraryFault, PastPlanRecord, parse_library, read_library

__all__ = ["LibraryFault", "PastPlanRecord", "parse_library", "read_library"]
