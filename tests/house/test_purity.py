"""Rules, permissions and counting run in a bare interpreter: they know no web, no table, no language."""

import subprocess
import sys

from tests.house.source import ROOT, module_of, rooms

FORBIDDEN = "flask,werkzeug,sqlalchemy,flask_sqlalchemy,wtforms,flask_wtf,flask_babel,babel,jinja2,flask_login"
BARE = """
import importlib, sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in sys.argv[1].split(","):
            raise ImportError("a rule may not import " + name)

sys.meta_path.insert(0, Refuse())
for name in sys.argv[2:]:
    importlib.import_module(name)
print(len(sys.argv) - 2)
"""


def _bare(*modules: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", BARE, FORBIDDEN, *modules], cwd=ROOT, capture_output=True, text=True, timeout=60)


def test_rules_and_permissions_import_without_flask_or_sqlalchemy() -> None:
    pure = [*rooms("rules"), *rooms("permissions"), *rooms("counting")]
    modules = [module_of(p) for p in pure] + ["app.core.errors", "app.core.permissions"]
    done = _bare(*modules)
    assert done.returncode == 0, done.stderr[-800:]
    assert int(done.stdout) == len(modules) > 20


def test_the_check_would_notice() -> None:
    assert _bare("app.core.db").returncode != 0


def test_rules_never_ask_what_time_it_is() -> None:
    pure = [*rooms("rules"), *rooms("counting")]
    guilty = [str(p) for p in pure if any(words in p.read_text() for words in (".now(", ".utcnow(", ".today(", "clock.now"))]
    assert guilty == []
