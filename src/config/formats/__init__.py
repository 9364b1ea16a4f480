"""Date and number formats that replace Django's own (FORMAT_MODULE_PATH = "config.formats")."""
