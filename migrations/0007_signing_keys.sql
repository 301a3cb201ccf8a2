-- Since when a key signs what we send to the platforms; it is published (created_at) some time before. The keys there are sign already.

alter table signing_key add column signs_from BIGINT not null default 0;
update signing_key set signs_from = created_at;
