"""Sessions that are open, and their end: of somebody retired, of a stolen one, beyond what is allowed at once."""

from __future__ import annotations

from allauth.usersessions.models import UserSession

from ansinh.access.models import User


def shut_out(user: User) -> int:
    """Nobody signs in by that name again, and every open session of it ends; how many there were."""
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    return end_sessions_of(user.pk)


def end_sessions_of(user_id: int) -> int:
    """End every open session of a user at once; how many there were. The next page they ask for shows the door."""
    ended = 0
    for session in UserSession.objects.filter(user_id=user_id):
        session.end()
        ended += 1
    return ended
