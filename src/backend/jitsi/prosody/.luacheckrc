-- What Prosody gives to every module.
std = "min"
read_globals = { "module", "prosody" }
max_line_length = 130
