-- What happened that charts are marked with: campaigns, themes, anything else that a merchant notes.
create table annotations (
  shop_id       integer not null references shops (id) on delete cascade,
  annotation_id uuid not null,
  kind          text not null,
  text          text not null,
  day           date,
  at            timestamptz(3),
  made_by       text not null,
  created_at    timestamptz(3) not null,
  updated_at    timestamptz(3) not null,
  primary key (shop_id, annotation_id),
  check (num_nonnulls(day, at) = 1)
);
