"""The design, held by small tests. Each shows on a planted fault that it can fail."""
