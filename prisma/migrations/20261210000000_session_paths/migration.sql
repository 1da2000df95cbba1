-- By which paths each session went, told by its fold, so that journeys by path are counted from sessions alone.
alter table sessions
  add column first_paths text,
  add column paths_to_purchase text;
