"""Mail: it waits while the server is away, goes out once, and leaves no secret behind."""

import logging
import threading
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from tests.conftest import make_app
from tests.mailbox import PASSWORD, USER, free_port, mail_server_on, self_made_certificate, server_at
from tracker import clock
from tracker.extensions import db
from tracker.models.mail import Mail
from tracker.operations.mail import deliver_mail, queued_mail, send_mail
from tracker.operations.transaction import writing
from tracker.settings import Encryption

SECRET = "https://voorbeeld.example/uitnodiging/geheim"


@pytest.fixture
def port() -> int:
    """A port on which nobody listens yet."""
    return free_port()


@pytest.fixture
def app(database_url: str, port: int):
    """The application with a mail server on that port."""
    app = make_app(database_url, mail_server=server_at(port))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def queue(to: str = "a@voorbeeld.example", subject: str = "Welkom") -> int:
    return send_mail(
        to=to, template="invitation", language="nl", subject=subject, text=f"Zie {SECRET}", html="<p>é</p>", by="tests"
    )


def kept(number: int) -> Mail:
    db.session.rollback()
    return db.session.get_one(Mail, number, populate_existing=True)


def test_a_mail_goes_out_as_text_and_html_to_one_person_and_its_text_goes(session, port):
    number = queue(subject="Café\r\nBcc: b@voorbeeld.example")
    with mail_server_on(port) as box:
        assert deliver_mail() == (1, 0)
        assert deliver_mail() == (0, 0)
    mail = box.taken[0]
    assert len(box.taken) == 1
    assert box.receivers == [["a@voorbeeld.example"]]
    assert (mail["Subject"], mail["Bcc"]) == ("Café Bcc: b@voorbeeld.example", None)
    assert mail["From"] == "Regiotracker <post@voorbeeld.example>"
    assert SECRET in box.text()
    assert mail.get_body(("html",)).get_content().strip() == "<p>é</p>"
    sent = kept(number)
    assert (sent.text, sent.html, sent.to, sent.next_at) == (None, None, "a@voorbeeld.example", None)
    assert sent.sent_at is not None


def test_mail_waits_while_the_server_is_away_and_goes_out_once_afterwards(session, port):
    numbers = [queue(), queue("b@voorbeeld.example")]
    assert deliver_mail() == (0, 2)
    assert [kept(number).attempts for number in numbers] == [0, 0]
    assert kept(numbers[0]).last_error == "ConnectionRefusedError"
    with mail_server_on(port) as box:
        assert deliver_mail() == (2, 0)
    assert len(box.taken) == 2
    assert kept(numbers[0]).last_error is None


def test_two_senders_at_work_hand_over_each_mail_once(app: Flask, session, port):
    numbers = [queue(f"mens{number}@voorbeeld.example") for number in range(20)]
    session.rollback()
    start = threading.Barrier(2)

    def work() -> None:
        with app.app_context():
            start.wait()
            deliver_mail()
            db.session.remove()

    with mail_server_on(port) as box:
        senders = [threading.Thread(target=work) for _ in range(2)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
    assert sorted(mail["To"] for mail in box.taken) == sorted(f"mens{number}@voorbeeld.example" for number in range(20))
    assert all(kept(number).attempts == 1 for number in numbers)


def test_an_address_that_is_refused_for_good_is_not_tried_again_and_holds_up_nobody(session, port):
    gone, well = queue("weg@voorbeeld.example"), queue()
    with mail_server_on(port) as box:
        box.answers["weg@voorbeeld.example"] = "550 weg@voorbeeld.example is unknown"
        deliver_mail()
        deliver_mail()
    assert [mail["To"] for mail in box.taken] == ["a@voorbeeld.example"]
    refused = kept(gone)
    assert refused.refused_at is not None
    assert (refused.last_error, refused.text, refused.attempts) == ("recipient 550", None, 1)
    assert kept(well).sent_at is not None


def test_an_address_that_is_busy_is_tried_again_later(session, port):
    number = queue("druk@voorbeeld.example")
    with mail_server_on(port) as box:
        box.answers["druk@voorbeeld.example"] = "451 later"
        deliver_mail()
        assert deliver_mail() == (0, 0)
        assert kept(number).text is not None
        del box.answers["druk@voorbeeld.example"]
        with time_machine.travel(clock.now() + timedelta(minutes=2)):
            assert deliver_mail() == (1, 0)
    assert len(box.taken) == 1


@pytest.mark.parametrize("to", ["a@b.example,c@d.example", "a@b.example\nBcc: c@d.example", "<a@b.example"])
def test_an_address_that_is_none_reaches_nobody(session, port, to):
    number = queue(to)
    with mail_server_on(port) as box:
        deliver_mail()
    assert box.receivers == []
    assert kept(number).refused_at is not None


def test_a_mail_whose_reason_was_undone_never_existed(session, port):
    def fail_halfway() -> None:
        with writing():
            queue()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    assert len(queued_mail()) == 1
    assert session.scalars(select(Mail)).all() == []
    assert deliver_mail() == (0, 0)


def test_nothing_personal_stands_in_the_log(session, port, caplog):
    caplog.set_level(logging.DEBUG)
    queue("weg@voorbeeld.example", subject="Voor Jansen")
    with mail_server_on(port) as box:
        box.answers["weg@voorbeeld.example"] = "550 weg@voorbeeld.example is unknown"
        deliver_mail()
    told = " ".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records if "tracker" in record.name)
    assert "mail refused" in told
    assert not [word for word in ("weg@", "Jansen", "geheim") if word in told]


@pytest.fixture
def sending(database_url: str, port: int):
    """Queue a mail and try to send it over a kind of encryption; answers what became of it."""
    made = []

    def send(encryption: Encryption, **login: str) -> Mail:
        made.append(make_app(database_url, mail_server=server_at(port, encryption, **login)))
        with made[-1].app_context():
            number = queue()
            deliver_mail()
            mail = kept(number)
            db.session.expunge(mail)
            db.session.remove()
            return mail

    yield send
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # it is: from the first byte
@pytest.mark.parametrize("encryption", [Encryption.starttls, Encryption.tls])
def test_mail_goes_encrypted_and_signed_in_and_waits_where_the_server_is_a_stranger_or_says_no(
    sending, port, encryption, tmp_path, monkeypatch
):
    certificate = self_made_certificate(tmp_path)
    with mail_server_on(port, encryption, certificate) as box:
        stranger = sending(encryption, user=USER, password=PASSWORD)
        assert (stranger.last_error, stranger.attempts) == ("SSLCertVerificationError", 0)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        for password, told in (("verkeerd", "SMTPAuthenticationError 535"), ("wachtwóórd", "UnicodeEncodeError")):
            refused = sending(encryption, user=USER, password=password)
            assert (refused.last_error, refused.attempts, refused.sent_at) == (told, 0, None)
        assert sending(encryption).last_error == "SMTPSenderRefused 530"
        assert box.taken == []
        assert sending(encryption, user=USER, password=PASSWORD).sent_at is not None
    assert len(box.taken) == 1 + 3


def test_a_server_that_does_not_encrypt_gets_no_mail_and_no_password(sending, port):
    with mail_server_on(port) as box:
        refused = sending(Encryption.starttls, user=USER, password=PASSWORD)
    assert (refused.last_error, box.taken) == ("SMTPNotSupportedError", [])


def test_without_a_server_all_mail_waits(database_url):
    app = make_app(database_url)
    with app.app_context():
        number = queue()
        assert deliver_mail() == (0, 1)
        assert kept(number).attempts == 0
        db.session.remove()
        db.engine.dispose()
