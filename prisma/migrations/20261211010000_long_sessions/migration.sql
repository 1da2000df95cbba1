-- Few sessions last for more than a day. Those that do are found at once, so that until when the sessions of a long
-- stretch of time went on is known without looking at each.
create index sessions_over_a_day on sessions (shop_id, started_at) include (ended_at)
  where ended_at - started_at > interval '1 day';
