"""The words every other floor speaks: Dong, Month, Machine, Refusal, ids, names. Pure; imports nothing of ours."""
