-- Bots' sessions are few, and counted by themselves.
create index sessions_of_bots on sessions (shop_id, started_at) include (bot_rule, sample_rate)
where bot_rule is not null;
