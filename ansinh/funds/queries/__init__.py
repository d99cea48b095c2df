"""Reading the money: payers and contracts, budgets, transfers, what payers hold, closed months."""

from __future__ import annotations
