"""The register in plain words. The name of a new act goes into acts.py."""

from app.audit.messages.acts import ACTIONS, FACTS, SUBJECTS
from app.audit.messages.sentences import action_name, fact_rows, sentence, summary
from app.audit.messages.standing import ANCHORS, CONCERNS, LIGHTS, age

__all__ = ["ACTIONS", "ANCHORS", "CONCERNS", "FACTS", "LIGHTS", "SUBJECTS", "action_name", "age", "fact_rows", "sentence", "summary"]
