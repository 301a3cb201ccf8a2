-- Where this database lay when the service last used it: a backup that was put in its place lies elsewhere.
create table home (
    id BIGINT primary key not null check (id = 1),
    place TEXT not null
);
