"""States of a long job. A worker that dies leaves RUNNING behind; whoever finds it lets the job wait anew."""

from __future__ import annotations

from ansinh.kernel.machine import Machine, Step

WAITING, RUNNING, DONE, FAILED, CANCELLED = "WAITING", "RUNNING", "DONE", "FAILED", "CANCELLED"

STATE_NAMES: dict[str, str] = {
    WAITING: "Đang chờ",
    RUNNING: "Đang chạy",
    DONE: "Xong",
    FAILED: "Không xong",
    CANCELLED: "Đã dừng",
}

JOB = Machine(
    "job",
    WAITING,
    (
        Step("begin_job", WAITING, RUNNING, "worker"),
        # The worker that had begun it is dead: its lock is free.
        Step("begin_job", RUNNING, RUNNING, "worker"),
        Step("requeue_job", RUNNING, WAITING, "worker"),
        Step("finish_job", RUNNING, DONE, "worker"),
        Step("fail_job", RUNNING, FAILED, "worker"),
        Step("stop_job", RUNNING, CANCELLED, "worker"),
        Step("cancel_job", WAITING, CANCELLED, "asker"),
        # It stops at its next step.
        Step("cancel_job", RUNNING, RUNNING, "asker"),
        Step("resume_job", FAILED, WAITING, "asker"),
        Step("resume_job", CANCELLED, WAITING, "asker"),
    ),
    action_names={
        "begin_job": "Bắt đầu việc",
        "requeue_job": "Cho việc chờ lại",
        "finish_job": "Kết thúc việc",
        "fail_job": "Ghi việc không xong",
        "stop_job": "Dừng giữa chừng",
        "cancel_job": "Dừng việc",
        "resume_job": "Làm tiếp việc",
    },
    state_names=STATE_NAMES,
)


def sources(action: str) -> list[str]:
    """The states a step may be taken from, for the condition of the write."""
    return [step.source for step in JOB.steps if step.action == action]
