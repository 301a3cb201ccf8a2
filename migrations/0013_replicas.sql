-- Several processes on one PostgreSQL. Times here are by the clock of the database; no person is named: seats are random ids of a consultation.

create table replica (
    name TEXT primary key not null,
    life TEXT not null, -- random, of one process: whoever finds another one here has been replaced
    address TEXT, -- the origin at which browsers reach this one replica; null: all share one
    lease_until BIGINT not null
);

-- who has a live page open at which replica
create table open_page (
    replica TEXT not null references replica (name) on delete cascade,
    consultation TEXT not null references consultation (id) on delete cascade,
    seat TEXT not null, -- a participant, or empty for the initiator
    primary key (consultation, seat, replica)
);

-- who is in a room that lives in one replica, as the others have to show it
create table sighting (
    consultation TEXT primary key not null references consultation (id) on delete cascade,
    sealed BYTEA not null
);

-- whose turn it is to look after a consultation or a room, and until when
alter table consultation add column watched_by TEXT;
alter table consultation add column watched_until BIGINT not null default 0;
alter table consultation add column reaped_by TEXT;
alter table consultation add column reaped_until BIGINT not null default 0;
alter table orphan_room add column reaped_by TEXT;
alter table orphan_room add column reaped_until BIGINT not null default 0;
