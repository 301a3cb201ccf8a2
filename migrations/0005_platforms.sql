-- Learning platforms that were registered while the service runs; those of the configuration stand in its file. No person is named here.
-- The columns named seal are keyed hashes of their row: who can write here, but has no key file, can register nobody.

create table platform (
    issuer TEXT not null,
    client_id TEXT not null,
    name TEXT not null, -- what the administrator calls it
    product TEXT not null, -- what kind of learning platform it calls itself; may be empty
    authorization_url TEXT not null,
    token_url TEXT not null,
    token_audience TEXT, -- null: the token address
    keys_url TEXT not null,
    seal BYTEA not null,
    changed_at BIGINT not null,
    primary key (issuer, client_id)
);

-- of these platforms, and of those in the configuration: what an administrator has approved, and what waits for it
create table deployment (
    issuer TEXT not null,
    client_id TEXT not null,
    deployment_id TEXT not null,
    seal BYTEA, -- null: nobody has approved it yet, every launch is refused
    changed_at BIGINT not null,
    primary key (issuer, client_id, deployment_id)
);

-- registration links: each registers one platform
create table platform_invitation (
    hash BYTEA primary key not null, -- SHA-256 of the link's secret
    name TEXT not null,
    claimed_at BIGINT, -- a registration is under way
    expires_at BIGINT not null
);
