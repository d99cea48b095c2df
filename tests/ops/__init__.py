"""The command line and the embedded server."""
