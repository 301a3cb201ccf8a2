-- Where the issuer is shared, a school's own pages lie on further hosts; and what an administrator decides about a platform stands in the log.

alter table platform add column hosts TEXT not null default ''; -- names apart by blanks; part of what is sealed

-- which learning platform the act is about, if any; no person
alter table administrative_act add column platform TEXT;
