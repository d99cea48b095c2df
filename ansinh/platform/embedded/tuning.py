"""The embedded server's settings, scaled to the machine. Durability is never traded: fsync and commits stay on."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_MB = 1024 * 1024
# Below this, parallel queries can fail for want of shared memory (a container's default is 64 MB).
_LEAST_SHM = 256 * _MB


def tuned_settings() -> dict[str, str]:
    """PostgreSQL settings for this machine's memory."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // _MB
    chosen = {
        "fsync": "on",
        "synchronous_commit": "on",
        "shared_buffers": f"{_between(memory // 8, 64, 1024)}MB",
        "effective_cache_size": f"{max(memory // 2, 128)}MB",
        "maintenance_work_mem": f"{_between(memory // 16, 64, 512)}MB",
        "work_mem": f"{_between(memory // 256, 8, 64)}MB",
        "max_wal_size": "4GB" if memory > 4096 else "1GB",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        # Statements here are short or set-based over indexed partitions; compiling them costs more than it saves.
        "jit": "off",
        "log_line_prefix": "%m [%p] ",
        "lc_messages": "C",
        # A refused statement names people, and its detail repeats the row: neither belongs in a file of the server's.
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
    }
    shm = Path("/dev/shm")  # noqa: S108 - asked about, not written to
    if shm.exists() and shutil.disk_usage(shm).total < _LEAST_SHM:
        chosen["dynamic_shared_memory_type"] = "mmap"
    return chosen


def _between(value: int, least: int, most: int) -> int:
    return min(max(value, least), most)
