"""The process tree of `make demo`, from the first line it prints to the last."""

import os
import secrets
import signal
import sys
import time
from pathlib import Path
from types import FrameType

from partnership.demo.data_folder import ROOT, DataFolder, InUse
from partnership.demo.embedded import ServerFailed, start_postgres, start_valkey
from partnership.demo.processes import Family, free_port, is_port_taken, wait_for_port
from partnership.demo.static_files import collect_when_changed

PASSWORD = "demo-leipzig-2026"  # noqa: S105 printed for everybody to use
RETURN_ADDRESS = "rueckmeldung@partnerschaft-demo.example"
SIGN_INS = {
    "firma": "Unternehmen",
    "kammer": "IHK zu Leipzig, Terminvergabe",
    "handwerk": "Handwerkskammer zu Leipzig, Terminvergabe",
    "polizei": "Polizei, Prävention",
    "leitung": "Polizei, Leitung der Prävention",
    "koordination": "Koordination der Partnerschaft",
    "koordination2": "Koordination, zweite Person",
    "datenschutz": "Datenschutz der Polizei",
    "technik": "Technik",
}


STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class DemoProblem(Exception):
    """Why the demo cannot run, in one sentence."""


class Stopped(Exception):
    pass


def run_demo() -> None:
    port = _port()
    folder = _folder(port)
    _take(folder)
    if is_port_taken(port):
        raise DemoProblem(f"Port {port} ist belegt. Nehmen Sie einen anderen: PORT={port + 1} make demo")
    if not folder.fits_the_code():
        say(f"Die Daten passen nicht mehr zum Programm und liegen jetzt in {folder.move_aside()}.")
    folder.make()
    for number in STOP_SIGNALS:
        signal.signal(number, _stop)
    family = Family()
    try:
        _start_all(family, folder, port)
        _announce(folder, port)
        _watch(family, folder)
    except Stopped:
        say("Die Demo wird beendet.")
    except ServerFailed as failed:
        raise DemoProblem(str(failed)) from failed
    finally:
        _ignore_signals()
        folder.say_stopping()
        family.stop()
        folder.forget_run()


def reset_demo() -> None:
    port = _port()
    folder = _folder(port)
    _take(folder)
    folder.remove()
    say(f"Die Daten der Demo auf Port {port} sind gelöscht.")


def _take(folder: DataFolder) -> None:
    try:
        folder.take()
    except InUse:
        raise DemoProblem(
            f"Auf Port {folder.port} läuft schon eine Demo mit diesen Daten. Beenden Sie sie zuerst."
        ) from None
    folder.end_orphans()


def say(sentence: str) -> None:
    print(sentence, flush=True)


def _port() -> int:
    try:
        port = int(os.environ.get("PORT") or 8000)
    except ValueError:
        port = 0
    if not 0 < port < 65536:
        raise DemoProblem("PORT ist eine Zahl von 1 bis 65535, zum Beispiel: PORT=8080 make demo")
    return port


def _folder(port: int) -> DataFolder:
    return DataFolder(Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve(), port)


def _start_all(family: Family, folder: DataFolder, port: int) -> None:
    env = _environment(family, folder, port)
    mail_port = int(env["EMAIL_URL"].rpartition(":")[2])
    python, logs = sys.executable, folder.logs
    mail_folder = str(folder.var / "mail")
    sink = [python, "-m", "partnership.demo.smtp_sink", str(mail_port), mail_folder, str(port)]
    family.start("mail", sink, log=logs / "mail.log", env=env)
    folder.remember_run(family.children)
    _prepare_data(family, folder, env)
    say("Web, Worker und Zeitplan starten.")
    gunicorn = [python, "-m", "gunicorn", "-c", "python:partnership.gunicorn"]
    web = [*gunicorn, "--bind", f"127.0.0.1:{port}", "partnership.wsgi:application"]
    family.start("web", web, log=logs / "web.log", env=env)
    celery = [python, "-m", "celery", "-A", "partnership"]
    family.start("worker", [*celery, "worker", "--concurrency=2"], log=logs / "worker.log", env=env)
    beat = [*celery, "beat", "--schedule", str(folder.path / "beat"), "--pidfile="]
    family.start("beat", beat, log=logs / "beat.log", env=env)
    folder.remember_run(family.children)
    if not wait_for_port(port, seconds=60):
        raise DemoProblem(f"Der Webserver startet nicht; siehe {logs / 'web.log'}.")


def _prepare_data(family: Family, folder: DataFolder, env: dict[str, str]) -> None:
    def collect() -> None:
        say("Die statischen Dateien werden gesammelt.")
        _manage(family, ["collectstatic", "--no-input"], folder, env)

    collect_when_changed(folder.var, collect)
    say("Die Datenbank wird auf den Stand gebracht.")
    _manage(family, ["migrate", "--no-input"], folder, env)
    folder.remember_migrations()
    say("Die Beispieldaten werden angelegt.")
    _manage(family, ["demo_data"], folder, env)


def _environment(family: Family, folder: DataFolder, port: int) -> dict[str, str]:
    """The settings of the demo; DATABASE_URL and REDIS_URL may name other servers than our own."""
    env = {
        "DEMO": "1",
        "SECRET_KEY": _secret_key(folder),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "VAR_DIR": str(folder.var),
        "RETURN_ADDRESS": RETURN_ADDRESS,
        "ERASURE_LIST_DIR": str(folder.path / "loeschliste"),
        "WEB_WORKERS": "2",
        "PYTHONUNBUFFERED": "1",
    }
    if not os.environ.get("DATABASE_URL"):
        say("PostgreSQL startet.")
        env["DATABASE_URL"] = start_postgres(family, folder.path, logs=folder.logs)
        folder.remember_run(family.children)
    if not os.environ.get("REDIS_URL"):
        say("Valkey startet.")
        env["REDIS_URL"] = start_valkey(family, folder.path, logs=folder.logs)
    env["EMAIL_URL"] = f"smtp://127.0.0.1:{free_port()}"
    return env


def _secret_key(folder: DataFolder) -> str:
    file = folder.path / "secret_key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text()


def _manage(family: Family, command: list[str], folder: DataFolder, env: dict[str, str]) -> None:
    log = folder.logs / f"{command[0]}.log"
    log.write_bytes(b"")
    manage = [sys.executable, str(ROOT / "manage.py"), *command]
    child = family.start(command[0], manage, log=log, env=env)
    failed = child.process.wait()
    family.children.remove(child)
    if failed:
        raise DemoProblem(f"„manage.py {command[0]}“ ist gescheitert; siehe {log}.")


def _announce(folder: DataFolder, port: int) -> None:
    say(f"\nDas Portal läuft: http://127.0.0.1:{port}/\n")
    say(f"Anmelden mit dem Passwort {PASSWORD}:")
    for name, who in SIGN_INS.items():
        say(f"  {name + '@demo.example':<28}{who}")
    say(f"\nE-Mails liegen in {folder.var / 'mail'}, Protokolle in {folder.logs}. Beenden mit Strg+C.")


def _watch(family: Family, folder: DataFolder) -> None:
    while True:
        if dead := family.first_dead():
            raise DemoProblem(f"„{dead.name}“ ist unerwartet beendet; siehe {folder.logs / dead.name}.log.")
        time.sleep(0.5)


def _stop(_number: int, _frame: FrameType | None) -> None:
    _ignore_signals()
    raise Stopped


def _ignore_signals() -> None:
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
