"""Settings, read once from the environment. Every default is safe in production and fit to be public."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
SHORTEST_SECRET = 32
LARGEST_REQUEST = 16 * 1024 * 1024
LARGEST_FORM = 2 * 1024 * 1024


class SettingsRefused(RuntimeError):
    """The environment asks for something unsafe; the sentence says what to change."""


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    purpose: str


SETTINGS = (
    Setting("SECRET_KEY", "", "Firma las sesiones. 32 caracteres o más; sin ella Minka no arranca."),
    Setting("DATA_DIR", "instance", "Carpeta de la base de datos incorporada, los archivos y las llaves."),
    Setting("DATABASE_URL", "", "Base de datos. Vacía: SQLite en DATA_DIR. Ejemplo: postgresql+psycopg://minka@localhost/minka"),
    Setting("DATABASE_REPLICA_URL", "", "Copia de solo lectura para las páginas públicas (solo con PostgreSQL)."),
    Setting("REDIS_URL", "", "Memoria compartida de fragmentos entre procesos. Vacía: cada proceso usa la suya."),
    Setting("STORAGE_URL", "", "Archivos. Vacía: carpeta en DATA_DIR. Ejemplo: s3://minka/archivos con las variables AWS_* usuales."),
    Setting(
        "MAIL_URL",
        "",
        "Servidor de correo smtp://usuario:clave@servidor:587?from=minka@ejemplo.pe. Vacía: las cartas quedan en la bandeja de salida.",
    ),
    Setting("SITE_URL", "http://127.0.0.1:8000", "Dirección pública, usada en cartas, códigos QR y calendarios."),
    Setting("REGISTER_KEY", "", "Llave que firma el registro público. Vacía: keys/register.ed25519 en DATA_DIR, creada la primera vez."),
    Setting("TSA_URL", "", "Autoridad de sellado de tiempo (RFC 3161). Ejemplo: http://tsa.reniec.gob.pe/service/. Vacía: sin sellos."),
    Setting("TSA_CERTS", "", "Archivo PEM con los certificados de esa autoridad, el raíz incluido. Sin él no se aceptan sellos."),
    Setting("OIDC_ISSUER", "", "Proveedor de identidad (OpenID Connect). Ejemplo: https://identidad.ejemplo.pe. Vacía: no se ofrece."),
    Setting("OIDC_ID", "", "Nombre con que ese proveedor conoce a este sitio."),
    Setting("OIDC_SECRET", "", "Su secreto. Vacía: cliente público, solo con PKCE."),
    Setting("OIDC_NAME", "Identidad digital", "Cómo se llama ese proveedor en los botones."),
    Setting("DATA_OFFICER", "", "Oficial de datos personales: nombre o cargo que se publica en «Datos personales» (D.S. 016-2024-JUS)."),
    Setting("DATA_OFFICER_EMAIL", "", "Su correo público. Vacía: se publica el contacto de cada espacio."),
    Setting("TRUSTED_PROXIES", "0", "Cuántos servidores intermedios propios anteceden a Minka."),
    Setting("PORT", "8000", "Puerto en que atiende make run."),
    Setting("DEMO", "", "1 muestra las personas de demostración al ingresar y no pide segundo paso a los roles. Nunca en un sitio real."),
)


class Config:
    """Flask configuration built from `environ`; raises SettingsRefused for an unsafe one."""

    def __init__(self, environ: dict[str, str] | None = None, **overrides: Any) -> None:
        env = dict(os.environ if environ is None else environ)
        given = {s.name: env.get(s.name, s.default) for s in SETTINGS}
        self.SECRET_KEY = given["SECRET_KEY"]
        self.DATA_DIR = Path(given["DATA_DIR"]) if os.path.isabs(given["DATA_DIR"]) else ROOT / given["DATA_DIR"]
        self.SQLALCHEMY_DATABASE_URI = given["DATABASE_URL"] or f"sqlite:///{self.DATA_DIR / 'minka.db'}"
        self.DATABASE_REPLICA_URL = given["DATABASE_REPLICA_URL"]
        self.REDIS_URL = given["REDIS_URL"]
        self.STORAGE_URL = given["STORAGE_URL"] or f"file://{self.DATA_DIR / 'files'}"
        self.MAIL_URL = given["MAIL_URL"]
        self.SITE_URL = given["SITE_URL"].rstrip("/")
        self.REGISTER_KEY = given["REGISTER_KEY"]
        self.TSA_URL = given["TSA_URL"]
        self.TSA_CERTS = given["TSA_CERTS"]
        self.OIDC_ISSUER, self.OIDC_ID = given["OIDC_ISSUER"], given["OIDC_ID"]
        self.OIDC_SECRET, self.OIDC_NAME = given["OIDC_SECRET"], given["OIDC_NAME"]
        self.DATA_OFFICER, self.DATA_OFFICER_EMAIL = given["DATA_OFFICER"], given["DATA_OFFICER_EMAIL"]
        self.TRUSTED_PROXIES = int(given["TRUSTED_PROXIES"] or 0)
        self.DEMO = given["DEMO"] == "1"
        site = urlsplit(self.SITE_URL)
        over_tls = site.scheme == "https"
        self.TRUSTED_HOSTS = [site.hostname or "127.0.0.1", "127.0.0.1", "localhost"]
        self.SESSION_COOKIE_NAME = "__Host-minka" if over_tls else "minka"
        self.SESSION_COOKIE_SECURE = over_tls
        self.SESSION_COOKIE_HTTPONLY = True
        self.SESSION_COOKIE_SAMESITE = "Lax"
        self.PERMANENT_SESSION_LIFETIME = 60 * 24 * 3600  # of the cookie; how long a session lasts is judged by app.accounts
        self.SESSION_REFRESH_EACH_REQUEST = False  # it would set a cookie on public pages; private ones renew it by what they note in it
        self.STAFF_SECOND_FACTOR = not self.DEMO
        self.MAX_CONTENT_LENGTH = LARGEST_REQUEST
        self.MAX_FORM_MEMORY_SIZE = LARGEST_FORM
        self.MAX_FORM_PARTS = 2_000
        self.WTF_CSRF_TIME_LIMIT = None
        self.BABEL_DEFAULT_LOCALE = "es"
        self.BABEL_DEFAULT_TIMEZONE = "America/Lima"
        self.COMPRESS_ALGORITHM = ["br", "gzip"]  # zstd, the default, makes these pages a tenth heavier
        self.COMPRESS_BR_LEVEL = 5
        self.SEND_FILE_MAX_AGE_DEFAULT = 31_536_000
        self.TESTING = False
        if overrides.get("TESTING"):  # a test that is about the second step asks for it
            self.STAFF_SECOND_FACTOR = False
        for name, value in overrides.items():
            setattr(self, name, value)
        if len(self.SECRET_KEY.encode()) < SHORTEST_SECRET:
            raise SettingsRefused(
                "Falta SECRET_KEY: defina una clave de 32 caracteres o más, por ejemplo con "
                "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'."
            )
