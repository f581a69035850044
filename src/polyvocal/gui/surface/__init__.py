"""The reading surface: a text with its codings, painted by ourselves over a Qt text edit that stays one."""
