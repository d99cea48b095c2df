"""Tables that come from outside: opened without trust, read by the cell, given back marked. No database, no Django."""
