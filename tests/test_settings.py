"""Settings: what an installation may choose, and every fault at once."""

from datetime import date

import pytest

from tracker.settings import BadSettings, Mode, read_settings

KEY = "a long random text"


def test_every_fault_is_named_at_once():
    wrong = {
        "TRACKER_MODE": "party",
        "DATABASE_URL": "mysql://x",
        "DEMO_TODAY": "1 juli 2022",
        "MAX_RECORDS": "0",
        "TRUSTED_PROXIES": "-1",
        "LOG_LEVEL": "LOUD",
    }
    with pytest.raises(BadSettings) as refused:
        read_settings(wrong)
    assert [fault.partition(":")[0] for fault in refused.value.faults] == [
        "TRACKER_MODE",
        "DATABASE_URL",
        "SECRET_KEY",
        "DEMO_TODAY",
        "MAX_RECORDS",
        "LOG_LEVEL",
        "TRUSTED_PROXIES",
    ]


def test_production_serves_only_with_a_key_but_a_command_needs_none():
    with pytest.raises(BadSettings, match="SECRET_KEY"):
        read_settings({})
    assert read_settings({}, serving=False).mode is Mode.production


def test_a_short_key_is_refused():
    with pytest.raises(BadSettings, match="16"):
        read_settings({"SECRET_KEY": "short"})


def test_a_demonstration_keeps_the_key_it_made(tmp_path):
    environ = {"TRACKER_MODE": "demo", "TRACKER_INSTANCE": str(tmp_path)}
    assert read_settings(environ).secret_key == read_settings(environ).secret_key
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_spoken_to_with_psycopg_3(scheme):
    settings = read_settings({"SECRET_KEY": KEY, "DATABASE_URL": f"{scheme}://me@host/house"})
    assert settings.database_url == "postgresql+psycopg://me@host/house"


def test_without_choices_the_database_is_a_file_of_the_instance(tmp_path):
    settings = read_settings({"SECRET_KEY": KEY, "TRACKER_INSTANCE": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path}/regiotracker.sqlite"
    assert (settings.max_upload_bytes, settings.max_records) == (20 * 1024 * 1024, 100_000)


def test_the_demonstrations_day_is_a_day():
    assert read_settings({"SECRET_KEY": KEY, "DEMO_TODAY": "2026-10-01"}).demo_today == date(2026, 10, 1)


ORGANISATION = {
    "SECRET_KEY": KEY,
    "OIDC_ISSUER": "https://id.voorbeeld.example/",
    "OIDC_CLIENT_ID": "house",
    "OIDC_CLIENT_SECRET": "secret",
}


def test_the_sign_in_of_an_organisation_is_named_as_it_names_itself():
    provider = read_settings(ORGANISATION).provider
    assert (provider.issuer, provider.scopes, provider.roles) == (
        "https://id.voorbeeld.example/",
        "openid email profile",
        None,
    )
    assert read_settings({"SECRET_KEY": KEY}).provider is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OIDC_ISSUER", "http://id.voorbeeld.example"),
        ("OIDC_ISSUER", "id.voorbeeld.example"),
        ("OIDC_CLIENT_ID", ""),
        ("OIDC_CLIENT_SECRET", ""),
        ("OIDC_SCOPES", "email"),
        ("OIDC_ROLES", "there-is-no-such-file.toml"),
    ],
)
def test_half_a_sign_in_of_an_organisation_stops_the_start(name, value):
    with pytest.raises(BadSettings, match=name):
        read_settings(ORGANISATION | {name: value})


MAIL = {
    "SMTP_HOST": "post.voorbeeld.nl",
    "MAIL_FROM": "Post <post@voorbeeld.nl>",
    "PUBLIC_URL": "https://voorbeeld.nl/",
}


@pytest.mark.parametrize(("encryption", "port"), [("", 587), ("starttls", 587), ("tls", 465), ("none", 25)])
def test_the_port_of_the_mail_server_follows_its_encryption(encryption, port):
    settings = read_settings({"SECRET_KEY": KEY, **MAIL, "SMTP_TLS": encryption})
    assert settings.mail_server.port == port
    assert settings.public_url == "https://voorbeeld.nl"


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"MAIL_FROM": ""}, "MAIL_FROM"),
        ({"MAIL_FROM": "nobody"}, "MAIL_FROM"),
        ({"PUBLIC_URL": ""}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "voorbeeld.nl"}, "PUBLIC_URL"),
        ({"SMTP_PORT": "0"}, "SMTP_PORT"),
        ({"SMTP_TLS": "perhaps"}, "SMTP_TLS"),
    ],
)
def test_a_mail_server_that_can_not_be_is_named(changes, named):
    with pytest.raises(BadSettings, match=named):
        read_settings({"SECRET_KEY": KEY, **MAIL, **changes})


def test_without_a_mail_server_nothing_else_is_asked():
    assert read_settings({"SECRET_KEY": KEY}).mail_server is None
