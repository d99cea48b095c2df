"""The pure part of the register import: bytes of an office's workbook → typed rows and findings. No database, no Django."""
