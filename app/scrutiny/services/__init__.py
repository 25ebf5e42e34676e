"""Changing a scrutiny: tables, the close, the seed, the count, the publication."""

from app.scrutiny.services.closing import close
from app.scrutiny.services.counting import begin_recount, count, settle_recount, unseal
from app.scrutiny.services.publishing import sign
from app.scrutiny.services.rewriting import scrub, shuffle
from app.scrutiny.services.roll_keys import destroy_key, order_destruction
from app.scrutiny.services.seeds import discard_reading, read_seed
from app.scrutiny.services.tables import attach_acta, key_table, load_marks, open_table, settle_table

__all__ = [
    "attach_acta", "begin_recount", "close", "count", "destroy_key", "discard_reading", "key_table", "load_marks", "open_table",
    "order_destruction", "read_seed", "scrub", "settle_recount", "settle_table", "shuffle", "sign", "unseal",
]  # fmt: skip
