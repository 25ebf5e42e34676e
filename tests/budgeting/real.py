"""Real elections: those copied here, and the rest of Pabulib's sample where it is at hand."""

from functools import cache
from pathlib import Path

import pytest

from app.budgeting.counting import pabulib_reading
from app.budgeting.counting.election import Election
from config import ROOT

HERE = Path(__file__).with_name("data")
SHARED = ROOT.parents[1] / "shared" / "data" / "pabulib"
if not SHARED.is_dir():
    SHARED = ROOT.parent / "shared" / "data" / "pabulib"
SMALL = ("Netherlands_Assen_2024", "Poland_Swiecie_2023", "Switzerland_Zurich_S5D10", "Switzerland_Zurich_S5R")
LARGE = (
    "France_Toulouse_2019", "Poland_Gdynia_2022_Chwarzno-Wiczlino__large", "Poland_Katowice_2024_Ligota_-_Panewniki",
    "Poland_Krakow_2024_Podgorze", "Poland_Lodz_2024", "Poland_Wroclaw_2024", "Switzerland_Zurich_S5",
    "US_Stanford_Dataset_PB_Rochester_NY_2019_vote_rankings",
)  # fmt: skip

HUGE = ("Poland_Lodz_2024", "Poland_Wroclaw_2024")


def path_of(name: str) -> Path:
    """Skips the test where the file is not at hand."""
    path = (HERE if name in SMALL else SHARED) / f"{name}.pb"
    if not path.exists():
        pytest.skip(f"{name}.pb: está en ../shared/data/pabulib, que aquí no existe")
    return path


@cache
def _read(path: Path) -> Election:
    return pabulib_reading.read(path.read_bytes())


def election(name: str) -> Election:
    return _read(path_of(name))
