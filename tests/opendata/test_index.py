"""The index of open data: every dataset with its files, and the files with the columns it declares."""

import csv
import io
import json

from flask import Flask

from app.agreements import queries as agreements
from app.agreements import services
from app.core.db import db
from app.opendata.documents import DATASETS
from tests.browser import Browser
from tests.cast import LUIS
from tests.factories.agreements import a_committee, a_prioritised_round, a_public_finding, a_published_act, progress
from tests.world import NOON, World

OF_THE_ACT = {"acta": 2, "ejecucion": 2, "vigilancia": 1}


def _an_agreed_round(app: Flask, world: World) -> None:
    with app.app_context():
        round_ = a_prioritised_round(world)
        committee = a_committee(world, round_)
        act = a_published_act(world, round_)
        services.report(agreements.lines_of(act.id)[0], progress(), [], seen=0, person_id=world.id_of(LUIS), now=NOON)
        a_public_finding(world, committee)
        db.session.commit()
        db.session.remove()


def test_what_was_agreed_done_and_found_is_in_the_index_with_its_columns(app: Flask, world: World, browser: Browser) -> None:
    _an_agreed_round(app, world)
    page = browser.get("opendata.index")
    links = {link["href"] for link in page.soup.select("main a[href]")}
    for dataset in (dataset for dataset in DATASETS if dataset.key in OF_THE_ACT):
        files = {name: browser.url(endpoint, slug=world.slug) for name, endpoint in dataset.links}
        assert set(files) == {"CSV", "JSON"} and set(files.values()) <= links, dataset.key
        assert all(str(column.meaning) in page for column in dataset.columns)
        told = browser.client.get(files["CSV"]).get_data(as_text=True).lstrip("\ufeff")
        rows = list(csv.DictReader(io.StringIO(told), delimiter=";"))
        assert list(rows[0]) == [column.name for column in dataset.columns], dataset.key
        assert len(rows) == OF_THE_ACT[dataset.key]
        assert json.loads(browser.client.get(files["JSON"]).get_data(as_text=True))


def test_the_lines_of_the_act_are_the_same_in_both_formats(app: Flask, world: World, browser: Browser) -> None:
    _an_agreed_round(app, world)
    told = browser.client.get(browser.url("agreements.lines_csv", slug=world.slug)).get_data(as_text=True).lstrip("\ufeff")
    listed = json.loads(browser.client.get(browser.url("agreements.lines_json", slug=world.slug)).get_data(as_text=True))
    assert [{k: "" if v is None else str(v) for k, v in row.items()} for row in listed] == list(
        csv.DictReader(io.StringIO(told), delimiter=";")
    )


def test_a_round_without_an_act_gives_its_columns_and_no_row(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context():
        a_prioritised_round(world)
        db.session.commit()
        db.session.remove()
    told = browser.client.get(browser.url("agreements.lines_csv", slug=world.slug)).get_data(as_text=True)
    assert (
        len(told.strip().splitlines()) == 1 and browser.client.get(browser.url("agreements.lines_json", slug=world.slug)).get_json() == []
    )
