-- Video systems on other servers: what one told about a room that it made, and when a room that nobody needs is tried again.

alter table consultation add column room_mark TEXT;

alter table orphan_room add column attempts BIGINT not null default 0;
alter table orphan_room add column try_at BIGINT not null default 0;
