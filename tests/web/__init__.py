"""The officers' pages, asked over HTTP."""
