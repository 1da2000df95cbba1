-- What no browser sent, such as an order, is in the log without a client.
alter table pixel_events alter column client_id drop not null;
