"""Peru's territories: how many, how they nest, how they are found by name."""

from app.core.db import db
from app.territories import queries, services
from app.territories.models import Territory, TerritoryLevel


def test_the_whole_country_loads_once(context):
    added = services.load_peru()
    db.session.commit()
    counts = {level: db.session.query(Territory).filter_by(level=level).count() for level in TerritoryLevel}
    assert counts == {TerritoryLevel.COUNTRY: 1, TerritoryLevel.REGION: 25, TerritoryLevel.PROVINCE: 196, TerritoryLevel.DISTRICT: 1891}
    assert added == sum(counts.values())
    assert services.load_peru() == 0


def test_names_are_found_without_accents_and_told_apart_by_their_province(context):
    services.load_peru()
    assert [t.ubigeo for t in queries.by_names("Cusco", "Cusco", "san jeronimo")] == ["080104"]
    assert len(queries.by_names("", "", "San Jerónimo")) > 1
    assert [t.ubigeo for t in queries.by_names("Cusco", "", "")] == ["08"]
    assert [t.ubigeo for t in queries.by_names("Cusco", "Cusco", "")] == ["0801"]
    assert queries.by_names("", "", "Ningún Lugar") == []


def test_the_eight_districts_of_cusco_are_inside_it(context):
    services.load_peru()
    assert {t.ubigeo for t in queries.inside("0801")} == {f"08010{n}" for n in range(1, 9)}
