"""Accounts, the roles they hold, their tokens and the attempts to sign in."""

from datetime import date, datetime

from flask_security import RoleMixin, UserMixin, WebAuthnMixin
from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker import clock
from tracker.extensions import Model, UtcDateTime


class Account(Model, UserMixin):
    """A person who can sign in. The address is stored in lower case; the password as an argon2id hash.

    What starts with fs_, tf_ or mf_ has the name under which the sign-in library looks for it. The secret of the
    authenticator app is encrypted; of a recovery code only the hash is kept.
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    language: Mapped[str] = mapped_column(String(2), default="nl", server_default="nl")
    password_changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    signed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    visited_on: Mapped[date | None]
    """The last day before that of `signed_in_at` on which the owner signed in."""
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    tf_last_counter: Mapped[int | None]
    """The half minute of the last code that was used: no code is good twice."""
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(String(64), unique=True)  # type: ignore[assignment]

    tf_phone_number = None
    """The library asks for it; codes never go by telephone here."""
    grants: Mapped[list["RoleGrant"]] = relationship(
        back_populates="account", cascade="all, delete-orphan", order_by="RoleGrant.id"
    )
    webauthn: Mapped[list["Passkey"]] = relationship(  # type: ignore[assignment]
        back_populates="account", cascade="all, delete-orphan", order_by="Passkey.id"
    )


class RoleGrant(Model):
    """One role of one account, from a day up to and including a day."""

    __tablename__ = "role_grant"
    __table_args__ = (CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(40))
    cooperation: Mapped[str | None] = mapped_column(String(40))
    insurer: Mapped[str | None] = mapped_column(String(60))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Ended at once, at this moment: it holds no more, whatever its days say."""
    issuer: Mapped[str | None] = mapped_column(String(255))
    """Whose sign-in gives and takes this role by its claims; null = given by hand."""

    account: Mapped[Account] = relationship(back_populates="grants")


class ApiToken(Model):
    """A key for programs. Only its hash is kept; `cooperations` null = all that the account may see."""

    __tablename__ = "api_token"
    __table_args__ = (UniqueConstraint("hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    hash: Mapped[str] = mapped_column(String(64))
    last_four: Mapped[str] = mapped_column(String(4))
    cooperations: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship()


class Passkey(Model, WebAuthnMixin):
    """A key on a device or in a safe of its owner. `usage`: first = instead of a password, secondary = after it."""

    __tablename__ = "passkey"
    __table_args__ = (UniqueConstraint("account_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(64))
    usage: Mapped[str] = mapped_column(String(20))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1024), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger, default=0)
    transports: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    device_type: Mapped[str] = mapped_column(String(64))
    backup_state: Mapped[bool]
    extensions: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=clock.now)
    lastuse_datetime: Mapped[datetime] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship(back_populates="webauthn")

    def get_user_mapping(self) -> dict[str, int]:
        """How the sign-in library finds the owner."""
        return {"id": self.account_id}


class AccountSession(Model):
    """A browser in which somebody is signed in; gone = signed out. Of the word in its cookie only the hash is kept."""

    __tablename__ = "account_session"
    __table_args__ = (UniqueConstraint("hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    hash: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LoginAttempt(Model):
    """One try to come in. Address and client are kept as hashes: enough to count, not enough to read.

    `kind` is a member of AttemptKind; `succeeded` says whether the password, the code or the request was in order.
    """

    __tablename__ = "login_attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    email_hash: Mapped[str] = mapped_column(String(64), index=True)
    attempted_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    succeeded: Mapped[bool]
    kind: Mapped[str] = mapped_column(String(20), default="password", server_default="password")
    client_hash: Mapped[str | None] = mapped_column(String(64), index=True)


class UnusedRole(RoleMixin):
    """The sign-in library asks for a role model; rights live in RoleGrant and are judged by domain/policy.py alone."""
