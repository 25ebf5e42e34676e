"""the database itself freezes the rules of a vote with its first ballot, and judges every ballot that is put in

Revision ID: 1051
Revises: 1050
"""

from alembic import op

revision = "1051"
down_revision = "1050"
branch_labels = None
depends_on = None

FROZEN = (
    "round_id", "slug", "kind", "fewest", "most", "points", "limit_cents", "is_by_territory", "channels", "rules", "rules_sha256",
    "seed_source", "opens_at", "closes_at",
)
REFUSAL = "the rules of a vote are frozen by its first ballot"
BALLOT = "ballot refused: it names what is not on the ballot, twice, or beyond what the rules allow"
FOR_EVER = "a ballot is never changed"
HAS_BALLOT = "EXISTS (SELECT 1 FROM ballot WHERE vote_id = {})"

SQLITE_BALLOT = f"""
CREATE TRIGGER ballot_judged BEFORE INSERT ON ballot BEGIN
SELECT RAISE(ABORT, '{BALLOT}') WHERE json_type(NEW.choices) IS NOT 'array';
SELECT RAISE(ABORT, '{BALLOT}') FROM json_each(NEW.choices) AS c
WHERE c.type <> 'array' OR json_array_length(c.value) <> 2 OR json_type(c.value, '$[0]') <> 'integer' OR json_type(c.value, '$[1]') <> 'integer';
SELECT RAISE(ABORT, '{BALLOT}') FROM json_each(NEW.choices) AS c, vote AS v
WHERE v.id = NEW.vote_id AND (json_extract(c.value, '$[1]') < 1
 OR (v.kind IN ('approval', 'knapsack', 'ordinal') AND json_extract(c.value, '$[1]') <> 1)
 OR (v.kind = 'score' AND json_extract(c.value, '$[1]') > v.points)
 OR NOT EXISTS (SELECT 1 FROM vote_option AS o WHERE o.vote_id = NEW.vote_id AND o.number = json_extract(c.value, '$[0]')
  AND (coalesce(json_extract(v.rules, '$.extent'), 'city') = 'city'
   OR (o.ubigeo IS NULL AND json_extract(v.rules, '$.extent') = 'both')
   OR (o.ubigeo IS NOT NULL AND substr(coalesce(NEW.ubigeo, ''), 1, length(o.ubigeo)) = o.ubigeo))));
SELECT RAISE(ABORT, '{BALLOT}') FROM vote AS v WHERE v.id = NEW.vote_id AND (json_array_length(NEW.choices) > v.most
 OR (SELECT count(*) <> count(DISTINCT json_extract(c.value, '$[0]')) FROM json_each(NEW.choices) AS c)
 OR (v.kind = 'cumulative' AND (SELECT sum(json_extract(c.value, '$[1]')) FROM json_each(NEW.choices) AS c) > v.points)
 OR (v.kind = 'knapsack' AND (SELECT sum(o.cost_cents) FROM json_each(NEW.choices) AS c JOIN vote_option AS o
   ON o.vote_id = NEW.vote_id AND o.number = json_extract(c.value, '$[0]'))
   > coalesce(json_extract(v.rules, '$.limits."' || coalesce(NEW.ubigeo, '') || '"'), v.limit_cents, 0)));
END
"""

POSTGRES_BALLOT = f"""
CREATE FUNCTION ballot_judge() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE v vote%ROWTYPE; given jsonb := NEW.choices::jsonb; extent text; wrong boolean;
BEGIN
 IF jsonb_typeof(given) <> 'array' OR EXISTS (SELECT 1 FROM jsonb_array_elements(given) AS c
   WHERE CASE WHEN jsonb_typeof(c) <> 'array' THEN true WHEN jsonb_array_length(c) <> 2 THEN true
    ELSE jsonb_typeof(c->0) <> 'number' OR jsonb_typeof(c->1) <> 'number' OR (c->>0) !~ '^-?[0-9]{{1,9}}$' OR (c->>1) !~ '^-?[0-9]{{1,9}}$' END)
 THEN RAISE EXCEPTION '{BALLOT}' USING ERRCODE = 'check_violation'; END IF;
 SELECT * INTO v FROM vote WHERE id = NEW.vote_id;
 extent := coalesce(v.rules->>'extent', 'city');
 SELECT jsonb_array_length(given) > v.most
  OR (SELECT count(*) <> count(DISTINCT (c->>0)::int) FROM jsonb_array_elements(given) AS c)
  OR EXISTS (SELECT 1 FROM jsonb_array_elements(given) AS c WHERE (c->>1)::int < 1
   OR (v.kind IN ('approval', 'knapsack', 'ordinal') AND (c->>1)::int <> 1)
   OR (v.kind = 'score' AND (c->>1)::int > v.points)
   OR NOT EXISTS (SELECT 1 FROM vote_option AS o WHERE o.vote_id = NEW.vote_id AND o.number = (c->>0)::int
    AND (extent = 'city' OR (o.ubigeo IS NULL AND extent = 'both')
     OR (o.ubigeo IS NOT NULL AND left(coalesce(NEW.ubigeo, ''), length(o.ubigeo)) = o.ubigeo))))
  OR (v.kind = 'cumulative' AND (SELECT sum((c->>1)::bigint) FROM jsonb_array_elements(given) AS c) > v.points)
  OR (v.kind = 'knapsack' AND (SELECT sum(o.cost_cents::bigint) FROM jsonb_array_elements(given) AS c JOIN vote_option AS o
    ON o.vote_id = NEW.vote_id AND o.number = (c->>0)::int)
    > coalesce((v.rules->'limits'->>coalesce(NEW.ubigeo, ''))::bigint, v.limit_cents, 0))
 INTO wrong;
 IF wrong THEN RAISE EXCEPTION '{BALLOT}' USING ERRCODE = 'check_violation'; END IF;
 RETURN NEW;
END $$
"""


def _sqlite() -> None:
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in FROZEN)
    op.execute(
        f"CREATE TRIGGER vote_frozen BEFORE UPDATE ON vote WHEN ({changed}) AND {HAS_BALLOT.format('OLD.id')} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )
    for verb, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        op.execute(
            f"CREATE TRIGGER vote_option_frozen_{verb.lower()} BEFORE {verb} ON vote_option WHEN {HAS_BALLOT.format(row + '.vote_id')} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
    op.execute(SQLITE_BALLOT)
    op.execute(f"CREATE TRIGGER ballot_for_ever BEFORE UPDATE ON ballot BEGIN SELECT RAISE(ABORT, '{FOR_EVER}'); END")


def _postgres() -> None:
    changed = " OR ".join(f"NEW.{column}::text IS DISTINCT FROM OLD.{column}::text" for column in FROZEN)
    op.execute(
        "CREATE FUNCTION vote_freeze() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF ({changed}) AND {HAS_BALLOT.format('OLD.id')} THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END IF; "
        "RETURN NEW; END $$"
    )
    op.execute("CREATE TRIGGER vote_frozen BEFORE UPDATE ON vote FOR EACH ROW EXECUTE FUNCTION vote_freeze()")
    op.execute(
        "CREATE FUNCTION vote_option_freeze() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE r vote_option%ROWTYPE; BEGIN "
        "IF TG_OP = 'INSERT' THEN r := NEW; ELSE r := OLD; END IF; "
        f"IF {HAS_BALLOT.format('r.vote_id')} THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER vote_option_frozen BEFORE INSERT OR UPDATE OR DELETE ON vote_option FOR EACH ROW EXECUTE FUNCTION vote_option_freeze()"
    )
    op.execute(POSTGRES_BALLOT.replace(":", "\\:"))
    op.execute("CREATE TRIGGER ballot_judged BEFORE INSERT ON ballot FOR EACH ROW EXECUTE FUNCTION ballot_judge()")
    op.execute(
        "CREATE FUNCTION ballot_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{FOR_EVER}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    op.execute("CREATE TRIGGER ballot_for_ever BEFORE UPDATE ON ballot FOR EACH ROW EXECUTE FUNCTION ballot_refuse()")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        _postgres()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in (
            "vote_frozen", "vote_option_frozen_insert", "vote_option_frozen_update", "vote_option_frozen_delete", "ballot_judged",
            "ballot_for_ever",
        ):
            op.execute(f"DROP TRIGGER {name}")
        return
    for trigger, table, function in (
        ("vote_frozen", "vote", "vote_freeze"), ("vote_option_frozen", "vote_option", "vote_option_freeze"),
        ("ballot_judged", "ballot", "ballot_judge"), ("ballot_for_ever", "ballot", "ballot_refuse"),
    ):
        op.execute(f"DROP TRIGGER {trigger} ON {table}")
        op.execute(f"DROP FUNCTION {function}()")
