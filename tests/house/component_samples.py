"""One sample for every component in templates/components, so that a house test can render them all.

COMPONENTS maps the name of a macro (and of its file) to a Jinja source that imports it and calls it. The samples need the globals every
page has (``_``, ``url_for``, ``static_url``, ``csrf_token``) and, where a form is needed, the ``form`` that ``sample_form()`` returns.
"""

from typing import Any

from wtforms import BooleanField, Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional


class SampleForm(Form):
    """A form with one field of each kind; validated without data it shows every error."""

    title = StringField("Título de su aporte", [InputRequired("Escriba un título."), Length(max=120)])
    text = TextAreaField("Qué propone", [InputRequired("Cuente qué propone.")])
    theme = SelectField(
        "Tema",
        [Optional()],
        choices=[SelectChoice("agua", "Agua y residuos"), SelectChoice("obras", "Obras y presupuesto")],
        validate_choice=False,
    )
    outcome = RadioField(
        "Qué se decide",
        [InputRequired("Elija qué se decide.")],
        choices=[
            SelectChoice("adopted", "Acogido"),
            SelectChoice("adopted_partially", "Acogido parcialmente"),
            SelectChoice("not_adopted", "No acogido"),
        ],
        validate_choice=False,
    )
    consent = BooleanField("Acepto que mi aporte se publique", [InputRequired("Marque la casilla para publicar.")])


def sample_form(*, wrong: bool = True) -> Any:
    """A bound form; with errors on every required field unless ``wrong`` is false."""
    form = SampleForm()
    if wrong:
        form.validate()
    return form


ANSWER = """{"reference": "CUS27-T01-0012", "anchor": "CUS27-T01-0012", "href": "#", "title": "Monitores ciudadanos en obras de saneamiento",
 "meta": "Taller 1, Ccorca. 312 apoyos", "quote": "“Pedimos monitores elegidos por nosotros.”", "quote_lang": "",
 "outcome": "adopted_partially", "outcome_label": "Acogido parcialmente", "decided": "Habrá monitores en las obras del distrito.",
 "why": "La obra la supervisa la municipalidad distrital.", "where": [{"text": "Compromiso 1, hito 1.2", "href": "#"}],
 "who": "Gerencia de Infraestructura", "answered_on": "2027-05-14", "answered_text": "viernes 14 de mayo de 2027",
 "waiting": "", "reply_href": "#", "reply_text": "Pedir aclaración", "more": "Leer completa"}"""

LABELS = """{"said": "Qué se dijo", "decided": "Qué se decidió", "why": "Por qué", "where": "Dónde se refleja", "who": "Quién responde"}"""

READING = """{"who": "Entidad responsable", "code": "substantial", "label": "Sustancial", "percent": 60, "text": "Tres de cuatro pizarras instaladas.",
 "next_step": "Instalar la cuarta.", "evidence_url": "https://example.pe/acta", "date": "Publicado el 3 de julio", "verified": "Verificado el 10 de julio",
 "note": "Se visitó la pizarra del barrio Centro.", "files": [], "correction": ""}"""

COMPONENTS: dict[str, str] = {
    "clause_block": """{% from "components/clause_block.html" import clause_block %}
{{ clause_block({"sign": "2h", "anchor": "c2-solution"}, "Qué se hará", "Tres socias sorteadas estarán en cada entrega.", [{"text": "4 comentarios", "href": "#"}]) }}""",
    "completion_badge": """{% from "components/completion_badge.html" import completion_badge %}
{{ completion_badge("substantial", "Sustancial", 60) }} {{ completion_badge("", "Sin avance publicado") }}""",
    "trace_table": """{% from "components/trace_table.html" import trace_table %}
{{ trace_table([{"number": 1, "title": "Obras", "href": "#"}, {"number": 2, "title": "Agua", "href": "#"}], [{"code": "PRB-C-0001", "title": "Monitores", "meta": "Ccorca", "href": "#",
 "outcome": "adopted_partially", "label": "Acogido parcialmente", "difference": "Los monitores.", "cells": {1: [{"key": "1.1", "href": "#", "outcome": "adopted_partially", "label": "Acogido parcialmente"}]}}], "Cada aporte y dónde quedó") }}""",
    "two_readings": '{% from "components/two_readings.html" import two_readings %}{{ two_readings("Semestre 2027-1", ['
    + READING
    + ', {"who": "Sociedad civil"}], false, "Sin lectura todavía.") }}',
    "answer_card": '{% from "components/answer_card.html" import answer_card %}{{ answer_card(' + ANSWER + ", " + LABELS + ") }}",
    "attachment_list": """{% from "components/attachment_list.html" import attachment_list %}
{{ attachment_list([{"text": "Acta del taller 1", "href": "#", "detail": "PDF, 96 KB", "note": "Versión sin datos personales"}]) }}""",
    "breadcrumbs": """{% from "components/breadcrumbs.html" import breadcrumbs %}
{{ breadcrumbs([{"text": "Procesos", "href": "#"}, {"text": "Plan del Cusco", "href": ""}]) }}""",
    "check_list": """{% from "components/check_list.html" import check_list %}
{{ check_list([{"level": "stop", "text": "Falta la norma.", "mend_href": "#norma", "mend_text": "Añadirla"},
 {"level": "warn", "text": "Una frase de 34 palabras.", "mend_href": "", "mend_text": ""},
 {"level": "good", "text": "Sin datos personales.", "mend_href": "", "mend_text": ""},
 {"level": "ask", "text": "¿La entidad aceptó el encargo?", "mend_href": "", "mend_text": ""}]) }}""",
    "choice_group": """{% from "components/choice_group.html" import choice_group %}
{{ choice_group(form.outcome, hint="Se publica tal como lo marque.", notes={"adopted": "Pide un compromiso."}, outcomes=true, row=true) }}""",
    "contribution_card": """{% from "components/contribution_card.html" import contribution_card %}
{{ contribution_card({"reference": "CUS27-C-0288", "anchor": "CUS27-C-0288", "href": "#", "title": "Publicar el horario real de la posta",
 "text": "Que diga a qué hora atienden de verdad.", "lang": "", "author": "R. Q. H.", "place": "Ccorca", "when_on": "2027-04-10",
 "when_text": "sábado 10 de abril", "theme": "Salud", "outcome": "waiting", "outcome_label": "Sin respuesta",
 "standing": "espera hace 24 días", "support": "18 apoyos"}) }}""",
    "copy_code": """{% from "components/copy_code.html" import copy_code %}
{{ copy_code("CUS27-C-0288", "Código de su aporte", "Anótelo: con él puede seguir la respuesta.") }}""",
    "count_grid": """{% from "components/count_grid.html" import count_grid %}
<div class="count-grids">{{ count_grid("Por sexo", [form.title], "Suman 41") }}</div>""",
    "csrf": '{% from "components/csrf.html" import csrf %}<form method="post" action="#">{{ csrf() }}</form>',
    "data_table": """{% from "components/data_table.html" import data_table %}
{{ data_table([{"label": "Tema", "kind": "text"}, {"label": "Aportes", "kind": "number"}, {"label": "Con respuesta", "kind": "number"}],
 [["Agua y residuos", "48", "31"], ["Obras", "62", "40"]], "Aportes por tema") }}""",
    "draft_banner": """{% from "components/draft_banner.html" import draft_banner %}
{{ draft_banner(saved="Guardado hace 8 segundos.") }}""",
    "empty_state": """{% from "components/empty_state.html" import empty_state %}
{{ empty_state("Todavía no hay aportes en este tema.", {"text": "Presentar el primero", "href": "#"}) }}""",
    "error_summary": '{% from "components/error_summary.html" import error_summary %}{{ error_summary(form) }}',
    "facts": """{% from "components/facts.html" import facts %}
{{ facts([{"term": "Con respuesta", "value": "118 de 132", "note": "", "href": "#"},
 {"term": "Participantes", "value": "1,846", "note": "52 % mujeres", "href": ""}]) }}""",
    "field": """{% from "components/field.html" import field %}
{{ field(form.title, hint="De 4 a 12 palabras.", attrs={"autocomplete": "off"}) }}{{ field(form.text, attrs={"rows": 6}) }}
{{ field(form.theme) }}{{ field(form.consent) }}""",
    "filter_chips": """{% from "components/filter_chips.html" import filter_chips %}
{{ filter_chips([{"text": "Todos", "count": 132, "href": "#", "here": true}, {"text": "Acogidos", "count": none, "href": "#", "here": false}],
 "Filtrar por resultado") }}""",
    "flash_messages": """{% from "components/flash_messages.html" import flash_messages %}
{{ flash_messages([("good", "La respuesta quedó publicada."), ("message", "Se guardó el borrador.")]) }}""",
    "hash_line": """{% from "components/hash_line.html" import hash_line %}
{{ hash_line("4ba7d3d096695818fe0686be4f1e82c6b05134e18a22260336130335027462dd") }}""",
    "icon": """{% from "components/icon.html" import icon, DRAWINGS %}
{% for name in DRAWINGS %}<span>{{ icon(name) }} {{ name }}</span> {% endfor %}""",
    "khipu": """{% from "components/khipu.html" import khipu %}
{{ khipu([{"title": "Convocatoria", "summary": "Se publicó el calendario.", "span": "3 nov – 20 nov", "opens": "2026-11-03", "state": "done",
 "now": "", "actions": [], "links": [{"text": "Ver convocatoria (PDF, 180 KB)", "href": "#"}]},
 {"title": "Talleres y aportes", "summary": "Puede proponer y apoyar.", "span": "11 ene – 26 feb", "opens": "2027-01-11", "state": "now",
 "now": "Quedan 18 días.", "actions": [{"text": "Presentar un aporte", "href": "#"}, {"text": "Ver los talleres", "href": "#"}], "links": []},
 {"title": "Respuestas", "summary": "", "span": "1 mar – 26 mar", "opens": "2027-03-01", "state": "next", "now": "", "actions": [], "links": []}]) }}""",
    "kv_table": """{% from "components/kv_table.html" import kv_table %}
{{ kv_table([{"label": "Canal", "value": "Taller 1, Ccorca"}, {"label": "Recibido", "value": "sábado 10 de abril, 10:20 hora de Lima"}], "Ficha del aporte") }}""",
    "light": """{% from "components/light.html" import light, DRAWN %}
{% for result in DRAWN %}{{ light(result, "Cumple", "Regla:") }} {% endfor %}""",
    "round_tabs": """{% from "components/round_tabs.html" import round_tabs %}
{{ round_tabs([{"text": "Presupuesto", "href": "#", "here": true}, {"text": "Agentes", "href": "#", "here": false}]) }}""",
    "requirement_card": """{% from "components/requirement_card.html" import requirement_card %}
{{ requirement_card({"id": "MR-1.1a", "anchor": "mr-1-1a", "title": "El foro se reúne", "asks": "Cada seis meses.", "goal_asks": "Los dos sectores.",
 "source": "Estándares de OGP", "rule": {"light": "pendiente_atestacion", "label": "Falta que alguien lo atestigüe"},
 "goal": {"light": "en_riesgo", "label": "En riesgo"}, "advice": ["Publique el acta de la reunión 3."], "next_limit": "Próximo límite: lunes 1 de marzo de 2027",
 "attested": 1, "is_disputed": true, "proofs": [{"title": "Reunión 3", "href": "#", "on": "1 oct. 2026", "sha256": ""}], "more_proofs": 2,
 "statements": [{"key": "meetings-held", "text": "Las reuniones ocurrieron.", "is_attested": true, "is_disputed": true, "earlier": 1, "rows": [{"number": 1, "row": none,
  "side": "Gobierno", "post": "Secretaria técnica", "text": "Estuve presente en las tres.", "method": "Estuve presente", "on": "lunes 5 de octubre de 2026",
  "about": "", "is_in_force": true, "expiry": "Vale hasta el 5 oct. 2027", "files": [{"text": "Lista", "href": "#", "detail": "PDF, 96 KB", "note": ""}],
  "co_signatures": [{"side": "Sociedad civil", "post": "Representante", "text": "", "on": "6 de octubre"}],
  "contradictions": [{"side": "Sociedad civil", "post": "Representante", "text": "No hubo quórum.", "on": "7 de octubre"}]}]}]}) }}""",
    "money": '{% from "components/money.html" import money %}<p>{{ money(480000) }} {{ money(1234.5, cents=true) }}</p>',
    "notice": """{% from "components/notice.html" import notice %}
{{ notice("info", "Los talleres son abiertos.", title="Puede asistir") }}{{ notice("warn", "El plazo vence mañana.") }}
{{ notice("stop", "No se publicó.", urgent=true) }}{% call notice("good") %}<p>Quedó registrado.</p>{% endcall %}""",
    "pager": """{% from "components/pager.html" import pager %}
{{ pager({"number": 2, "pages": 7, "total": 198, "first": 31, "last": 60, "previous_href": "?p=1", "next_href": "?p=3",
 "links": [{"number": 1, "href": "?p=1"}, {"number": 2, "href": ""}, {"number": 3, "href": "?p=3"}, {"number": 0, "href": ""}, {"number": 7, "href": "?p=7"}]}) }}""",
    "opportunity_card": """{% from "components/opportunity_card.html" import opportunity_card %}
{{ opportunity_card({"anchor": "taller-ccorca", "kind": "Taller", "title": "Taller de Ccorca", "href": "#", "when": "sábado 10 de abril de 2027, de 10:00 a 13:00",
 "opens": "2027-04-10", "state": "next", "place": "Local comunal, Ccorca", "territory": "Ccorca, Cusco, Cusco", "link": "", "theme": "Agua", "language": "castellano y quechua",
 "who": "Toda persona del distrito.", "how": "En la puerta.", "contact": "foro@example.pe", "capacity": 60, "accessibility": "Rampa.",
 "marks": [{"text": "Cambia de lugar.", "days": "Avisado con 7 días de anticipación.", "reason": "El local cerró."}]}) }}""",
    "pile": """{% from "components/pile.html" import pile %}
{{ pile([{"reference": "CUS27-C-0288", "title": "Publicar declaraciones de intereses", "href": "#", "standing": "espera 31 días", "is_late": true, "here": false},
 {"reference": "CUS27-T01-0012", "title": "Monitores ciudadanos en obras", "href": "#", "standing": "espera 24 días", "is_late": false, "here": true}],
 "Mi pila", "23, sin responder") }}""",
    "post_button": """{% from "components/post_button.html" import post_button %}
{{ post_button("#", "Retirar", look="stop", about="el aporte CUS27-C-0288") }}""",
    "project_card": """{% from "components/project_card.html" import project_card %}
{{ project_card({"number": 7, "code": "PP27-PR-007", "href": "#", "title": "Puente peatonal de Ccorca", "text": "En lluvias no se cruza el río.",
 "place": "Ccorca", "theme": "Caminos", "cost": "S/ 250,000.00", "look": "published", "state": "Admisible"}) }}""",
    "seat_balance": """{% from "components/seat_balance.html" import seat_balance %}
{{ seat_balance([{"key": "government", "label": "Gobierno", "count": 2, "sectors": [{"label": "Gobierno", "count": 2}]},
 {"key": "non-government", "label": "Fuera del gobierno", "count": 3, "sectors": [{"label": "Sociedad civil", "count": 2}, {"label": "Academia", "count": 1}]}],
 5, "5 asientos vigentes") }}""",
    "search_form": """{% from "components/search_form.html" import search_form %}
{{ search_form("#", value="desagüe", label="Buscar entre los aportes", hint="Por palabra o por código.", kept={"tema": "agua"}) }}""",
    "plain_table": """{% from "components/plain_table.html" import plain_table %}
{{ plain_table(["Sector", "Recibidos", "Respondidos"], [["Ciudadanía", 90, 65], ["Academia", 6, 3]], "Por sector") }}""",
    "status_badge": """{% from "components/status_badge.html" import status_badge, LOOKS %}
{% for outcome in LOOKS %}{{ status_badge(outcome, outcome) }} {% endfor %}""",
    "tally_bar": """{% from "components/tally_bar.html" import tally_bar %}
{{ tally_bar([{"outcome": "adopted", "label": "Acogido", "number": 58, "percent": 44, "x": "0.00", "width": "43.93", "href": "#"},
 {"outcome": "adopted_partially", "label": "En parte", "number": 31, "percent": 23, "x": "43.93", "width": "23.48", "href": ""},
 {"outcome": "not_adopted", "label": "No acogido", "number": 29, "percent": 22, "x": "67.42", "width": "21.96", "href": ""},
 {"outcome": "waiting", "label": "Sin respuesta", "number": 14, "percent": 11, "x": "89.39", "width": "10.60", "href": ""}],
 132, "132 aportes") }}""",
    "territory_map": """{% from "components/territory_map.html" import territory_map %}
{% set drawn = {"width": 338, "height": 64, "tile_width": 80, "tile_height": 64, "tiles": [
 {"ubigeo": "080102", "name": "Ccorca", "lines": ["Ccorca"], "x": 0, "y": 0},
 {"ubigeo": "080105", "name": "San Sebastián", "lines": ["San", "Sebastián"], "x": 86, "y": 0}]} %}
{{ territory_map(drawn, "Aportes por distrito", values={"080102": {"text": "12", "words": "12 aportes", "level": 4, "href": "#"}}) }}
{{ territory_map(drawn, "Distritos de Cusco", picker="ubigeo", chosen="080105") }}""",
    "tile": """{% from "components/tile.html" import tile %}
{{ tile("Retroalimentación", "#", meta="Plan del Cusco", text="Cada aporte recibe una respuesta escrita.", note="Hasta el miércoles 2 de diciembre") }}""",
    "two_keys": """{% from "components/two_keys.html" import two_keys %}
{{ two_keys({"label": "Gobierno", "is_signed": true, "text": "Gloria, 12 de mayo, versión 2"}, {"label": "Sociedad civil", "is_signed": false, "text": "Falta una firma"}) }}
{{ two_keys({"label": "Gobierno", "is_signed": true, "is_objected": true, "text": "Objeta desde el 12 de mayo"}, {"label": "Sociedad civil", "is_signed": true, "text": "Firmó el 12 de mayo"}) }}""",
    "marked_text": """{% from "components/marked_text.html" import marked_text %}
<p>{{ marked_text(difference("Hasta el 30 de junio.", "Hasta el 31 de julio, en Ccorca.")) }}</p>""",
    "version_diff": """{% from "components/version_diff.html" import version_diff %}
{{ version_diff([{"label": "Plazo", "before": "30 de junio", "after": "31 de julio"}, {"label": "Lugar", "before": "Ccorca", "after": "Ccorca"},
 {"label": "Intérprete", "before": "", "after": "Quechua"}], "Versión 1", "Versión 2", "Qué cambió") }}""",
    "voice": """{% from "components/voice.html" import voice %}
{{ voice({"reference": "T01-0037", "standing": "por enviar", "who": "Anónimo, agua", "text": "Que se sepa cuánto costó el reservorio.", "lang": "", "state": "wait"}) }}""",
}
