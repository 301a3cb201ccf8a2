-- Whoever uses "log in as" in the learning platform comes with the teacher's own token. What tells the two apart is the browser:
-- one in which a passkey was proven, or, as long as the person has none, the one in which the consultation was begun.

-- the one browser that sees it; null: every browser in which the initiator has proven a passkey, and no other
alter table consultation add column browser BYTEA;
alter table receipt add column browser BYTEA;

create table passkey (
    id TEXT primary key not null,
    person BYTEA not null,
    credential BYTEA not null unique, -- keyed hash of the credential id: one credential, one person
    sealed BYTEA not null, -- credential id, public key, and what the person calls the device
    counter BIGINT not null,
    made_at BIGINT not null,
    used_at BIGINT not null,
    expires_at BIGINT not null
);

create index passkey_person on passkey (person);
create index passkey_expiry on passkey (expires_at);

-- a browser in which this person has proven a passkey
create table known_browser (
    person BYTEA not null,
    hash BYTEA not null, -- SHA-256 of the cookie
    expires_at BIGINT not null,
    primary key (person, hash)
);

create index known_browser_expiry on known_browser (expires_at);

create table passkey_challenge (
    hash BYTEA primary key not null,
    person BYTEA not null,
    visit BYTEA not null,
    purpose TEXT not null check (purpose in ('make', 'prove')),
    expires_at BIGINT not null
);

create index passkey_challenge_expiry on passkey_challenge (expires_at);

-- who was asked whether they want a passkey; the row is also what two registrations of one person wait for
create table counsellor (
    person BYTEA primary key not null,
    asked_at BIGINT not null,
    expires_at BIGINT not null
);

create index counsellor_expiry on counsellor (expires_at);

-- a number that somebody gives to the administrator: which person, and which browser shall be theirs
create table recovery (
    person BYTEA primary key not null,
    number BYTEA not null unique, -- keyed hash
    browser BYTEA not null,
    expires_at BIGINT not null
);

create index recovery_expiry on recovery (expires_at);

-- what an administrator decided: time and act stay; the keyed hash of the person goes at `expires_at`
create table administrative_act (
    id TEXT primary key not null,
    at BIGINT not null,
    act TEXT not null,
    person BYTEA,
    expires_at BIGINT not null
);

create index administrative_act_age on administrative_act (at, id);
create index administrative_act_person on administrative_act (person);

-- in which browser the person has read of it
create table acknowledgement (
    act TEXT not null references administrative_act (id) on delete cascade,
    browser BYTEA not null,
    primary key (act, browser)
);
