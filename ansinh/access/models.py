"""Users and their appointments."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from ansinh.access.roles import PAYERS_ROLES, Role


class User(AbstractBaseUser):
    """Somebody who signs in. What they may do is said by their appointments, never by a flag here."""

    username = models.CharField("Tên đăng nhập", max_length=60, unique=True)
    full_name = models.CharField("Họ và tên", max_length=150)
    is_active = models.BooleanField(default=True)
    # The people of the demonstration; they stop acting on the command line once a real user exists.
    is_demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]
    objects = BaseUserManager["User"]()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(username=""), name="user_has_username"),
        ]

    def __str__(self) -> str:
        return self.full_name


class Appointments(models.QuerySet["Appointment"]):
    """Appointments by the days they hold."""

    def still_open(self, on: date) -> Appointments:
        """In force on a day or after it."""
        return self.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=on))

    def in_force(self, on: date) -> Appointments:
        """In force on a day."""
        return self.still_open(on).filter(starts_on__lte=on)


class Appointment(models.Model):
    """A role for a user in an area for a time: a place code covering all below it, or '' for the whole country.

    Never deleted, only ended: who could do what on any day can always be told.
    """

    ORDINARY, DEPUTY, BORROWED = "ordinary", "deputy", "borrowed"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    area = models.CharField(max_length=5, blank=True)
    # Whose staff a payer's coordinator or teller is; nobody else has one.
    payer_code = models.CharField(max_length=40, blank=True)
    starts_on = models.DateField()
    # The last day; none while it is open.
    ends_on = models.DateField(null=True, blank=True)
    kind = models.CharField(max_length=10, default=ORDINARY)
    deputises_for = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="deputies")
    paper_number = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    # 0: the system itself, at set-up.
    appointed_by = models.BigIntegerField(default=0)
    appointed_at = models.DateTimeField()
    ended_by = models.BigIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=500, blank=True)

    objects = Appointments.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "area", "payer_code"],
                condition=models.Q(ends_on=None),
                name="appointment_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]), name="appointment_role_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["ordinary", "deputy", "borrowed"]), name="appointment_kind_known"
            ),
            # The day before its start: ended before it ever counted.
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on") - timedelta(days=1)),
                name="appointment_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(payer_code="") | models.Q(role__in=sorted(role.value for role in PAYERS_ROLES)),
                name="appointment_payer_of_payers",
            ),
            # A deputy stands in for somebody, for days told beforehand.
            models.CheckConstraint(
                condition=~models.Q(kind="deputy")
                | models.Q(deputises_for__isnull=False, ends_on__isnull=False) & ~models.Q(reason=""),
                name="appointment_deputy_of_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="borrowed") | ~models.Q(paper_number="") & ~models.Q(reason=""),
                name="appointment_borrowed_by_paper",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True, ended_why="")
                | models.Q(ended_at__isnull=False, ended_by__isnull=False, ends_on__isnull=False)
                & ~models.Q(ended_why=""),
                name="appointment_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role} {self.area or 'toàn quốc'}"


class SignInPaper(models.Model):
    """A one-time code printed for somebody to choose a password with; of the code only a fingerprint is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="sign_in_papers")
    code_digest = models.CharField(max_length=64, unique=True)
    # 0: the system itself, on the command line.
    issued_by = models.BigIntegerField()
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    # A newer paper ends the one before.
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("issued_at")), name="sign_in_paper_has_hours"
            ),
            models.CheckConstraint(
                condition=models.Q(used_at=None) | models.Q(ended_at=None), name="sign_in_paper_used_or_ended"
            ),
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(used_at=None, ended_at=None), name="sign_in_paper_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.issued_at:%Y-%m-%d %H:%M}"
