"""`tracker user` and `tracker token` let people and programs in."""

import pytest


def test_a_token_stands_alone_on_the_screen_and_can_be_revoked(demonstration, demo):
    made = demonstration("token", "new", "beheerder@demo.example")
    assert made.code == 0
    assert made.out == made.out.strip() + "\n"
    assert made.out.startswith("rt_")
    assert demonstration("token", "revoke", made.out.strip()).code == 0
    again = demonstration("token", "revoke", made.out.strip())
    assert again.code == 1
    assert "niet één geldig token" in again.err


def test_a_token_needs_an_account(demonstration):
    done = demonstration("token", "new", "niemand@demo.example")
    assert (done.code, done.out) == (1, "")
    assert "geen actief account" in done.err


def test_an_account_is_added_with_its_role_and_period(demonstration):
    add = ("user", "add", "a@b.example", "--name", "A. B.", "--role", "board_member")
    done = demonstration(*add, "--cooperation", "HOL", "--from", "2026-01-01", "--to", "2026-12-31")
    assert done.code == 0, done.err
    assert demonstration("token", "new", "a@b.example").code == 0
    assert demonstration(*add, "--cooperation", "HOL").code == 1


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("no-address", "--name", "A", "--role", "administrator"), 1, "email: dit is geen e-mailadres"),
        (("a@b.nl", "--name", "A", "--role", "board_member"), 1, "deze rol vraagt een samenwerkingsverband"),
        (
            ("a@b.nl", "--name", "A", "--role", "board_member", "--cooperation", "X"),
            1,
            "onbekend samenwerkingsverband: X",
        ),
        (("a@b.nl", "--name", "A", "--role", "insurer_reader"), 1, "verzekeraar"),
        (("a@b.nl", "--name", "A", "--role", "koning"), 2, "kies uit: board_member"),
        (("a@b.nl", "--role", "administrator"), 2, "er ontbreekt: '--name'"),
        (("a@b.nl", "--name", "A", "--role", "administrator", "--from", "30-2-2022"), 2, "schrijf een bestaande datum"),
        ((), 2, "er ontbreekt"),
    ],
)
def test_an_account_that_cannot_be_is_refused(demonstration, arguments, code, words):
    done = demonstration("user", "add", *arguments)
    assert done.code == code
    assert words in done.err


def test_a_password_is_read_from_the_input_and_is_long_enough(demonstration):
    add = ("user", "add", "a@b.example", "--name", "A", "--role", "administrator", "--password-stdin")
    assert demonstration(*add, stdin=b"kort\n").code == 1
    assert demonstration(*add, stdin=b"een lang wachtwoord\n").code == 0
