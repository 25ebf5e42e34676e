"""Pages of the projects of a participatory budget."""

from flask import Blueprint

bp = Blueprint("projects", __name__)

from app.projects.views import answering, appealing, authors, desk, joining, judging, public, ranking  # noqa: E402, F401 - they register routes on bp
