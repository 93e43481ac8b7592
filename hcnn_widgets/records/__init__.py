"""Parts shared by all records: array conversion, frozen copies, joining by id, checks of arguments."""
