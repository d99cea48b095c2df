"""Tests of inventing people."""
