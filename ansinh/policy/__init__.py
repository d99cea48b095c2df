"""The law, pure: what monthly social assistance owes whom, from when to when, by which article.

The outward face is this module and `ansinh.policy.types`; README.md tells what each name promises.
"""

from __future__ import annotations

from ansinh.policy.agreed import digest_of_levels, lay_agreed
from ansinh.policy.cases import CaseFault, Failure, LawCase, load_cases, run_case, run_files
from ansinh.policy.checking import expected_coefficient, possible_coefficients, start_month, why_not
from ansinh.policy.drafts import REGIMES, Draft, DraftFault, draft_of, lay_over, read_draft
from ansinh.policy.emergency import EmergencyLevel, NoEmergencyLevel, emergency_amount, emergency_level
from ansinh.policy.explaining import Named, explain, explain_lost, explain_one_off, vi_decimal
from ansinh.policy.grounds import place_of_suspension, why_before_signing
from ansinh.policy.merit import MeritTableNotPublished, find_worship_amount, merit_amount
from ansinh.policy.pack_loading import load_pack
from ansinh.policy.pack_model import Category, Law, NoStandardAmount, NoSuchCategory, Pack
from ansinh.policy.pack_reading import PackFault
from ansinh.policy.poverty import list_poverty_asked
from ansinh.policy.resuming import Resumption, resumes_from
from ansinh.policy.rules_digest import digest_of_rules
from ansinh.policy.settings import NoSuchSetting, Settings, SettingText
from ansinh.policy.spans import PersonNotInCircle, decide
from ansinh.policy.timelines import Timeline, Timelines
from ansinh.policy.turning import Asked, Happening, decision_rule, happenings
from ansinh.policy.uncollected import UncollectedRule, uncollected_rule
from ansinh.policy.unpaid import passes_on

__all__ = [
    "REGIMES",
    "Asked",
    "CaseFault",
    "Category",
    "Draft",
    "DraftFault",
    "EmergencyLevel",
    "Failure",
    "Happening",
    "Law",
    "LawCase",
    "MeritTableNotPublished",
    "Named",
    "NoEmergencyLevel",
    "NoStandardAmount",
    "NoSuchCategory",
    "NoSuchSetting",
    "Pack",
    "PackFault",
    "PersonNotInCircle",
    "Resumption",
    "SettingText",
    "Settings",
    "Timeline",
    "Timelines",
    "UncollectedRule",
    "decide",
    "decision_rule",
    "digest_of_levels",
    "digest_of_rules",
    "draft_of",
    "emergency_amount",
    "emergency_level",
    "expected_coefficient",
    "explain",
    "explain_lost",
    "explain_one_off",
    "find_worship_amount",
    "happenings",
    "lay_agreed",
    "lay_over",
    "list_poverty_asked",
    "load_cases",
    "load_pack",
    "merit_amount",
    "passes_on",
    "place_of_suspension",
    "possible_coefficients",
    "read_draft",
    "resumes_from",
    "run_case",
    "run_files",
    "start_month",
    "uncollected_rule",
    "vi_decimal",
    "why_before_signing",
    "why_not",
]
