"""What a backup is made of: the names that its writer and its reader agree on."""

FORMAT = "minka-backup:v1"
MANIFEST = "manifest.json"
FILES = "files/"
