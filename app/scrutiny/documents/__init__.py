"""Files of a scrutiny: the open Pabulib file, and the bundle anyone counts again."""
