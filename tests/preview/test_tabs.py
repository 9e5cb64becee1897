from typing import Any

from site_gen.preview.tabs import Tabs


def test_a_listener_is_told_where_it_stands(running: Any) -> None:
    running.tabs.send_build({"changed": [], "problems": [{"message": "broken"}]})
    stream = running.listen()
    event = stream.event()
    assert event["hello"]
    assert event["state"] == running.tabs.state()
    assert event["problems"] == [{"message": "broken"}]
    stream.close()


def test_each_build_has_a_state_of_its_own(running: Any) -> None:
    stream = running.listen()
    states = [stream.event()["state"]]
    for name in ("a", "b"):
        running.tabs.send_build({"changed": [name], "problems": []})
        event = stream.event()
        assert event["changed"] == [name]
        states.append(event["state"])
    assert len(set(states)) == 3
    stream.close()


def test_two_servers_never_share_a_state() -> None:
    assert Tabs("c").state() != Tabs("c").state()


def test_telling_before_the_server_runs_is_remembered() -> None:
    tabs = Tabs("c")
    before = tabs.state()
    tabs.send_build({"changed": [], "problems": []})
    assert tabs.state() != before
    assert len(tabs) == 0


def test_hints_are_told_once_and_to_who_comes_later(running: Any) -> None:
    first = running.listen()
    assert first.event()["hints"] is None
    found = {"edition": "2026-W10", "told": "1 hint", "findings": []}
    running.tabs.send_hints(found)
    running.tabs.send_hints(dict(found))
    running.tabs.send_build({"changed": ["a"], "problems": []})
    event = first.event()
    assert event["hints"] == found
    assert "problems" not in event
    assert first.event()["changed"] == ["a"]
    later = running.listen()
    assert later.event()["hints"] == found
    for stream in (first, later):
        stream.close()
