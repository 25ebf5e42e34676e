"""Notices made from the published schedule: a poster, a message to copy, a text for the radio."""

from app.notices.documents.message import message
from app.notices.documents.poster import Poster, poster
from app.notices.documents.radio import radio_script

__all__ = ["Poster", "message", "poster", "radio_script"]
