"""Users and their appointments."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from ansinh.access.states import Role


class User(AbstractBaseUser):
    """Somebody who signs in. What they may do is said by their appointments, never by a flag here."""

    username = models.CharField("Tên đăng nhập", max_length=60, unique=True)
    full_name = models.CharField("Họ và tên", max_length=150)
    is_active = models.BooleanField(default=True)
    # The two people of the demonstration; they stop acting on the command line once a real user exists.
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


class Appointment(models.Model):
    """A role for a user in an area: a place code covering all below it, or '' for the whole country."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    area = models.CharField(max_length=5, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "area"], name="appointment_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]), name="appointment_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role} {self.area or 'toàn quốc'}"
