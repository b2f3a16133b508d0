import socket

from kiosk.notify import notify


def test_systemd_hears_the_message(tmp_path, monkeypatch):
    path = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(path)
        monkeypatch.setenv("NOTIFY_SOCKET", path)
        assert notify("READY=1")
        assert listener.recv(100) == b"READY=1"


def test_an_abstract_socket_is_reached_too(monkeypatch):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind("\0kiosk-test-notify")
        monkeypatch.setenv("NOTIFY_SOCKET", "@kiosk-test-notify")
        assert notify("WATCHDOG=1")
        assert listener.recv(100) == b"WATCHDOG=1"


def test_nobody_there_is_no_error(tmp_path, monkeypatch):
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    assert not notify("READY=1")
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "gone"))
    assert not notify("READY=1")
