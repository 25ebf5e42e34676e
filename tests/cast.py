"""The people of the tests. One line each says what they may do."""

from dataclasses import dataclass

from app.spaces.rules import Role


@dataclass(frozen=True)
class CastMember:
    name: str
    email: str
    role: Role | None = None
    organisation: str = ""
    password: str = "una-clave-larga-de-prueba"


ROSA = CastMember("Rosa Quispe Huamán", "rosa@example.pe")  # proposes; holds no role
MATEO = CastMember("Mateo Condori Rojas", "mateo@example.pe")  # another citizen; must not touch what is Rosa's
INES = CastMember("Inés Paucar León", "ines@example.pe", Role.FACILITATOR)  # facilitates workshops, captures what is said
MARCO = CastMember("Marco Salas Vega", "marco@example.pe", Role.MODERATOR)  # decides what may be public; never approves
ANA = CastMember("Ana Torres Medina", "ana@example.pe", Role.ENTITY, "gerencia-obras")  # answers for the works unit
LUIS = CastMember("Luis Rojas Tello", "luis@example.pe", Role.ENTITY, "gerencia-ambiente")  # answers for another unit
SARA = CastMember("Sara Núñez Prado", "sara@example.pe", Role.SECRETARIAT)  # drafts schedules, publishes
GLORIA = CastMember("Gloria Matos Ruiz", "gloria@example.pe", Role.FORUM_GOVERNMENT)  # signs for government
FELIX = CastMember("Félix Amaru Sota", "felix@example.pe", Role.FORUM_CIVIL)  # signs for civil society
VERA = CastMember("Vera Luna Paz", "vera@example.pe", Role.REVIEWER)  # reads, changes nothing
DARIO = CastMember("Darío Campos Gil", "dario@example.pe", Role.ADMINISTRATOR)  # manages people; never edits content
OLGA = CastMember("Olga Ponce Díaz", "olga@example.pe", Role.SECRETARIAT)  # secretariat of ANOTHER space: an outsider here
MILA = CastMember("Milagros Tito Cusi", "milagros@example.pe", Role.MUNICIPAL)  # municipal team: runs the budget and its votes
TEO = CastMember("Teo Masías Luna", "teo@example.pe", Role.MUNICIPAL)  # the same team: decides the appeals Mila may not
CARMEN = CastMember("Carmen Loayza Puma", "carmen@example.pe", Role.VIGILANCE)  # vigilance committee: reads, finds, reports
STAFF = (INES, MARCO, ANA, LUIS, SARA, GLORIA, FELIX, VERA, DARIO)
EVERYBODY = (ROSA, MATEO, *STAFF, OLGA)
BUDGET_TEAM = (MILA, TEO, CARMEN)  # of a participatory budget: not in the small world, `factories.rounds.a_team` makes them
RICH_PEOPLE = (*EVERYBODY, *BUDGET_TEAM)  # of the rich world of tests/security, where Mateo is an accredited agent
