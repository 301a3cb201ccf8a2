-- An initiator can offer a consultation to be placed in its course by deep linking. The placed link carries a secret, of which only the
-- hash stands here; it says which consultation is meant and grants nothing. Gone with the consultation.
create table placement (
    consultation TEXT primary key not null references consultation (id) on delete cascade,
    course BYTEA not null, -- keyed hash: a copied course is another one
    link BYTEA not null unique -- SHA-256
);

create index placement_course on placement (course);

-- somebody in the learning platform chooses what to place; sealed with the address to which the answer goes
create table choice (
    hash BYTEA primary key not null,
    sealed BYTEA not null,
    expires_at BIGINT not null
);

create index choice_expiry on choice (expires_at);
