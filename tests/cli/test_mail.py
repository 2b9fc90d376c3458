"""`tracker mail` sends what waits."""

import pytest

from tests.mailbox import free_port, mail_server_on
from tracker.cli.house import house
from tracker.operations.mail import send_mail


@pytest.fixture
def one_mail(empty):
    """A mail that waits in the installation."""
    with house():
        send_mail(
            to="a@voorbeeld.example", template="reset", language="nl", subject="S", text="T", html="H", by="tests"
        )
    return empty


def test_mail_that_waits_is_sent_once(one_mail, monkeypatch):
    port = free_port()
    settings = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port), "SMTP_TLS": "none"}
    settings |= {"MAIL_FROM": "post@voorbeeld.example", "PUBLIC_URL": "https://voorbeeld.example"}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert one_mail("mail").out == "Verzonden: 0. Wacht: 1.\n"
    with mail_server_on(port) as box:
        assert one_mail("mail").out == "Verzonden: 1. Wacht: 0.\n"
        assert one_mail("mail").out == "Verzonden: 0. Wacht: 0.\n"
    assert [mail["To"] for mail in box.taken] == ["a@voorbeeld.example"]


def test_without_a_mail_server_the_command_says_so_and_how_much_waits(one_mail):
    done = one_mail("mail")
    assert (done.code, done.out) == (1, "")
    assert "SMTP_HOST" in done.err
    assert "mails die wachten: 1" in done.err


def test_mail_that_goes_out_needs_a_sender_and_an_address_of_the_house(one_mail, monkeypatch):
    monkeypatch.setenv("SMTP_HOST", "127.0.0.1")
    done = one_mail("mail")
    assert done.code == 2
    assert "MAIL_FROM" in done.err
    assert "PUBLIC_URL" in done.err
