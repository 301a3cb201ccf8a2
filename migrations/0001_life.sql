-- One dialect for both databases: written as PostgreSQL; for SQLite the store replaces BIGINT, BOOLEAN and BYTEA and makes every table STRICT.
-- Times are milliseconds since 1970. Columns named sealed_* are ciphertext; person, place and initiator are keyed hashes. No name stands here in plain text.

create table consultation (
    id TEXT primary key not null,
    place BYTEA not null,
    initiator BYTEA not null,
    data_key BYTEA not null, -- wrapped by the key file; erased with the row
    sealed_initiator BYTEA not null,
    initiator_consented_at BIGINT,
    starts_at BIGINT not null,
    minutes BIGINT not null check (minutes between 5 and 480),
    backend TEXT not null,
    phase TEXT not null check (phase in ('draft', 'sealed', 'opening', 'open', 'ended')),
    created_at BIGINT not null,
    sealed_at BIGINT,
    opening_at BIGINT,
    opened_at BIGINT,
    ended_at BIGINT,
    end_reason TEXT,
    room TEXT unique, -- rule 5: no two consultations ever share a room
    locked BOOLEAN not null,
    initiator_seen_at BIGINT,
    occupied_at BIGINT,
    incidents BIGINT not null,
    admissions BIGINT not null,
    reap_attempts BIGINT not null,
    reap_at BIGINT not null, -- when erasure is tried (again)
    reap_problem TEXT,
    check (phase <> 'draft' or sealed_at is null), -- the list is open in the draft only (rule 2)
    check (phase not in ('sealed', 'opening', 'open') or sealed_at is not null),
    check (phase not in ('opening', 'open') or (room is not null and initiator_consented_at is not null)), -- rules 1 and 5
    check (phase not in ('draft', 'sealed') or room is null),
    check (phase <> 'open' or (opened_at is not null and initiator_seen_at is not null)),
    check ((phase = 'ended') = (ended_at is not null)),
    check ((phase = 'ended') = (end_reason is not null))
);

create index consultation_initiator on consultation (initiator, place);
create index consultation_phase on consultation (phase, starts_at);

create table participant (
    id TEXT primary key not null,
    consultation TEXT not null references consultation (id) on delete cascade,
    position BIGINT not null,
    sealed_name BYTEA not null,
    title TEXT not null check (title in ('pupil', 'parent', 'teacher', 'expert', 'other')),
    way TEXT not null check (way in ('launch', 'link')),
    person BYTEA,
    invitation BYTEA unique, -- SHA-256 of the personal link's secret
    generation BIGINT not null,
    browser BYTEA, -- SHA-256 of the cookie of the one browser (rule 7)
    standing TEXT not null check (standing in ('invited', 'declined', 'consented', 'waiting', 'admitted', 'turned_away')),
    standing_at BIGINT not null,
    consented_at BIGINT,
    check (standing not in ('waiting', 'admitted') or consented_at is not null), -- rule 1
    check (way = 'link' or invitation is null),
    check (way = 'launch' or person is null)
);

create index participant_consultation on participant (consultation);
create index participant_person on participant (person);
create index participant_present on participant (consultation) where standing in ('waiting', 'admitted');

create table ticket (
    hash BYTEA primary key not null,
    consultation TEXT not null references consultation (id) on delete cascade,
    participant TEXT references participant (id) on delete cascade, -- null: the initiator's own seat
    room TEXT not null,
    expires_at BIGINT not null
);

create index ticket_consultation on ticket (consultation);

create table visit (
    hash BYTEA primary key not null,
    sealed BYTEA not null,
    expires_at BIGINT not null
);

create index visit_expiry on visit (expires_at);

create table handover (
    hash BYTEA primary key not null,
    sealed BYTEA not null,
    launched_at BIGINT not null,
    expires_at BIGINT not null
);

create index handover_expiry on handover (expires_at);

create table spent_nonce (
    hash BYTEA primary key not null,
    expires_at BIGINT not null
);

create index spent_nonce_expiry on spent_nonce (expires_at);

-- who launched from this place lately, so that the initiator can pick them; erased after [policy] remember
create table acquaintance (
    place BYTEA not null,
    person BYTEA not null,
    sealed BYTEA not null,
    seen_at BIGINT not null,
    primary key (place, person)
);

create index acquaintance_age on acquaintance (seen_at);

create table petition (
    id TEXT primary key not null,
    place BYTEA not null,
    person BYTEA not null,
    sealed BYTEA not null,
    made_at BIGINT not null,
    unique (place, person)
);

create index petition_age on petition (made_at);

create table incident (
    id TEXT primary key not null,
    consultation TEXT not null references consultation (id) on delete cascade,
    kind TEXT not null,
    at BIGINT not null
);

create index incident_consultation on incident (consultation);

-- rooms that may exist on a backend although no consultation needs them any more
create table orphan_room (
    room TEXT primary key not null,
    backend TEXT not null,
    since BIGINT not null
);

-- what stays: no person
create table record (
    id TEXT primary key not null,
    erased_at BIGINT not null,
    proof TEXT not null
);

create index record_age on record (erased_at, id);

-- lets the initiator see the proof for a day; then it is erased as well
create table receipt (
    person BYTEA not null,
    record TEXT not null references record (id) on delete cascade,
    expires_at BIGINT not null,
    primary key (person, record)
);

create index receipt_expiry on receipt (expires_at);

create table signing_key (
    kid TEXT primary key not null,
    sealed BYTEA not null,
    created_at BIGINT not null
);
