"""`make demo` for real: servers, web, worker and beat, started, ended and killed."""

import signal

from tests.demo.demos import Demo, still_running, wait_for


def test_two_demos_run_side_by_side(demos: tuple[Demo, Demo]) -> None:
    for demo in demos:
        assert demo.status("/konto/anmelden/") == 200
        assert f"http://127.0.0.1:{demo.port}/" in demo.said()
        assert demo.own_appointments()
        assert wait_for(lambda demo=demo: len(demo.mails()) > 20, seconds=120)  # type: ignore[misc]
    one, other = demos
    assert one.own_appointments() != other.own_appointments()


def test_data_in_use_are_neither_taken_nor_emptied(demos: tuple[Demo, Demo]) -> None:
    double = Demo(demos[0].var)
    double.port = demos[0].port
    for arguments in ([], ["--reset"]):
        assert double.run(*arguments) == 1
        assert "läuft schon eine Demo" in double.said()
    assert demos[0].status("/readyz") == 200


def test_what_was_told_to_end_leaves_nothing_and_comes_back_with_its_data(demos: tuple[Demo, Demo]) -> None:
    demo = demos[1]
    before, processes = demo.own_appointments(), demo.processes()
    assert len(processes) > 12
    assert demo.end(signal.SIGTERM) == 0
    assert still_running(processes) == []
    assert "Die Demo wird beendet." in demo.said()
    demo.start().wait_until_ready()
    assert demo.own_appointments() == before
    assert demos[0].status("/readyz") == 200


def test_what_was_killed_takes_its_children_along_and_recovers(demos: tuple[Demo, Demo]) -> None:
    demo = demos[0]
    before, processes = demo.own_appointments(), demo.processes()
    demo.end(signal.SIGKILL)
    demo.start().wait_until_ready()
    assert still_running(processes) == []
    assert demo.own_appointments() == before


def test_data_of_other_migrations_are_moved_aside(demos: tuple[Demo, Demo]) -> None:
    folder = demos[0].folder
    (aside,) = folder.parent.glob(f"{folder.name}-aside-*")
    assert f"passen nicht mehr zum Programm und liegen jetzt in {aside}." in demos[0].first_words
    assert (aside / "postgres" / "data" / "PG_VERSION").exists()
    assert demos[0].own_appointments()


def test_a_reset_empties_all_of_one_demo_and_nothing_of_another(demos: tuple[Demo, Demo]) -> None:
    ended = Demo(demos[0].var)
    aside = ended.folder.with_name(f"{ended.folder.name}-aside-20260101-120000")
    for folder in (ended.folder, aside):
        (folder / "postgres" / "data").mkdir(parents=True)
        (folder / "postgres" / "data" / "PG_VERSION").write_text("18\n")
    (ended.var / "mail" / f"1-{ended.port}-1.eml").write_text("Subject: Termin")
    assert ended.run("--reset") == 0
    assert list(ended.var.glob(f"demo-{ended.port}*")) == []
    assert ended.mails() == []
    assert demos[0].own_appointments()
    assert demos[0].mails()
