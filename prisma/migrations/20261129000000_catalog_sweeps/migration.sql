alter table catalog_states
  add column sweeping_until timestamptz(3),
  add column unconfirmed_at timestamptz(3);
