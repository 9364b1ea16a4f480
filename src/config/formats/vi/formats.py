"""How screens and forms write dates and numbers in Vietnam.

Django's own "vi" formats have no DATE_INPUT_FORMATS, so "05/01/2026" is read the American way, as the first of May;
they write 5-1-2026, start the week on Sunday and never group thousands. A year of two digits is left out on purpose:
a birth year 65 would become 2065.
"""

DATE_FORMAT = r"d/m/Y"
TIME_FORMAT = r"H:i"
DATETIME_FORMAT = r"H:i d/m/Y"
YEAR_MONTH_FORMAT = r"\t\h\á\n\g n/Y"
MONTH_DAY_FORMAT = r"d/m"
SHORT_DATE_FORMAT = r"d/m/Y"
SHORT_DATETIME_FORMAT = r"H:i d/m/Y"
FIRST_DAY_OF_WEEK = 1

# The first of each list also renders the value of a form field. Dashes and dots are typed by hand, ISO comes from
# the date fields of browsers and from programs.
DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S", "%Hh%M"]
DATETIME_INPUT_FORMATS = [
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%H:%M %d/%m/%Y",
    "%d-%m-%Y %H:%M",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
]

# Grouping is on where USE_THOUSAND_SEPARATOR is; years and codes are printed with the filter "unlocalize" or as text.
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3
