"""Peru's regions, provinces and districts by UBIGEO (INEI)."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class TerritoryLevel(StrEnum):
    COUNTRY = "country"
    REGION = "region"
    PROVINCE = "province"
    DISTRICT = "district"


class Territory(Model):
    """`ubigeo` has 2 digits for a region, 4 for a province, 6 for a district; "00" is the whole country."""

    __tablename__ = "territory"
    __table_args__ = (Index("ix_territory_folded", "level", "folded_name"),)

    ubigeo: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[TerritoryLevel]
    name: Mapped[str]
    folded_name: Mapped[str]
    parent_ubigeo: Mapped[str | None] = mapped_column(ForeignKey("territory.ubigeo"), index=True)
    full_name: Mapped[str]
    population: Mapped[int | None]
