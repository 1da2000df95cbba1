-- Collections that have to be asked for again, since webhooks told of them.
create table collection_refreshes (
  shop_id       integer not null references shops (id) on delete cascade,
  collection_id bigint not null,
  requested_at  timestamptz(3) not null,
  wait_until    timestamptz(3),
  attempts      integer not null default 0,
  error         text,
  primary key (shop_id, collection_id)
);

-- What was seen of a collection before it was deleted does not bring it back.
alter table collections add column deleted_at timestamptz(3);

-- What could not be read of a result is there all the same, and must not count as gone.
alter table catalog_syncs add column products_unread bigint[];
