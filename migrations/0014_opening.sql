-- Which process makes the room of a consultation that is being opened (its `life`): when that one is gone, nobody makes it any more.
alter table consultation add column opening_by TEXT;
