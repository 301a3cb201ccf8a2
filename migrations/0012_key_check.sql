-- What the first process sealed with its key file: a later one whose key file does not open it is refused before it does anything.
create table key_check (
    id BIGINT primary key not null check (id = 1),
    sealed BYTEA not null
);
