"""What committees gave, in the words of a template."""

from collections.abc import Sequence

from flask_babel import gettext

from app.evaluation import queries as evaluation


def scores_of(contribution_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Score ("78 de 100") and place ("12 de 240") of those that were evaluated, by contribution id."""
    return {
        id_: (
            gettext("%(score)s de 100", score=f"{row.score_hundredths / 100:.4g}".replace(".", ",")),
            gettext("%(place)s de %(of)s", place=row.place, of=row.of),
        )
        for id_, row in evaluation.score_of(contribution_ids).items()
    }
