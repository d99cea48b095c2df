"""Proofs of the payout: questions over all data whose right answer is nothing."""

from __future__ import annotations

from ansinh.platform.proofs import Proof

PROOFS: tuple[Proof, ...] = ()
