"""The embedded PostgreSQL: a real server from a wheel, started by our own code, reached by a Unix socket only."""
