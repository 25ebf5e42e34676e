"""the database also refuses a ballot with too few marks, and numbers that are not written as whole ones

Revision ID: 1100
Revises: 1070
"""

from alembic import op

revision = "1100"
down_revision = "1130"
branch_labels = None
depends_on = None

BALLOT = "ballot refused: fewer marks than the rules ask for, or not written as whole numbers"

# A ballot is one row, so its minimum is known when it is put in, on both databases. A blank one is an empty list and has no minimum.
# SQLite reads more than JSON (commas at the end, hexadecimal, its own binary form); what Python could not read back is refused.
SQLITE = f"""
CREATE TRIGGER ballot_enough BEFORE INSERT ON ballot BEGIN
SELECT RAISE(ABORT, '{BALLOT}') WHERE typeof(NEW.choices) <> 'text' OR NOT json_valid(NEW.choices);
SELECT RAISE(ABORT, '{BALLOT}') FROM vote AS v WHERE v.id = NEW.vote_id AND json_array_length(NEW.choices) > 0
 AND json_array_length(NEW.choices) < min(v.fewest, (SELECT count(*) FROM vote_option AS o WHERE o.vote_id = NEW.vote_id
  AND (coalesce(json_extract(v.rules, '$.extent'), 'city') = 'city'
   OR (o.ubigeo IS NULL AND json_extract(v.rules, '$.extent') = 'both')
   OR (o.ubigeo IS NOT NULL AND substr(coalesce(NEW.ubigeo, ''), 1, length(o.ubigeo)) = o.ubigeo))));
END
"""

# `json` keeps a number as it was written ("1e0", "1.0"); `jsonb`, which the older trigger reads, does not.
POSTGRES = f"""
CREATE FUNCTION ballot_count() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE v vote%ROWTYPE; extent text; marks integer; asked integer;
BEGIN
 IF json_typeof(NEW.choices) <> 'array' OR EXISTS (SELECT 1 FROM json_array_elements(NEW.choices) AS c
   WHERE CASE WHEN json_typeof(c) <> 'array' THEN true
    ELSE EXISTS (SELECT 1 FROM json_array_elements(c) AS n WHERE json_typeof(n) <> 'number' OR n::text !~ '^\\s*-?[0-9]{{1,9}}\\s*$') END)
 THEN RAISE EXCEPTION '{BALLOT}' USING ERRCODE = 'check_violation'; END IF;
 SELECT * INTO v FROM vote WHERE id = NEW.vote_id;
 extent := coalesce(v.rules->>'extent', 'city');
 marks := json_array_length(NEW.choices);
 SELECT least(v.fewest, count(*)) INTO asked FROM vote_option AS o WHERE o.vote_id = NEW.vote_id
  AND (extent = 'city' OR (o.ubigeo IS NULL AND extent = 'both')
   OR (o.ubigeo IS NOT NULL AND left(coalesce(NEW.ubigeo, ''), length(o.ubigeo)) = o.ubigeo));
 IF marks > 0 AND marks < asked THEN RAISE EXCEPTION '{BALLOT}' USING ERRCODE = 'check_violation'; END IF;
 RETURN NEW;
END $$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SQLITE)
        return
    op.execute(POSTGRES.replace(":", "\\:"))
    op.execute("CREATE TRIGGER ballot_enough BEFORE INSERT ON ballot FOR EACH ROW EXECUTE FUNCTION ballot_count()")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER ballot_enough")
        return
    op.execute("DROP TRIGGER ballot_enough ON ballot")
    op.execute("DROP FUNCTION ballot_count()")
