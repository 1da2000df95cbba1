-- Stores of one merchant that see each other's listings: a row for each of the two.
create table store_links (
  shop_id       integer not null references shops (id) on delete cascade,
  other_shop_id integer not null references shops (id) on delete cascade,
  linked_at     timestamptz(3) not null,
  primary key (shop_id, other_shop_id)
);
create index on store_links (other_shop_id);

-- What a store shows once to be linked by another one of its merchant.
create table store_link_codes (
  shop_id    integer primary key references shops (id) on delete cascade,
  code_hash  text not null unique,
  expires_at timestamptz(3) not null
);

-- How the search for what is one product went.
create table match_states (
  shop_id     integer primary key references shops (id) on delete cascade,
  fingerprint text,
  matched_at  timestamptz(3),
  rest_until  timestamptz(3),
  listings    integer
);

-- Listings that are one product, automatically or in the merchant's eyes, as one shop sees it.
create table match_pairs (
  shop_id          integer not null references shops (id) on delete cascade,
  one_shop_id      integer not null,
  one_product_id   bigint not null,
  other_shop_id    integer not null,
  other_product_id bigint not null,
  confidence       real not null,
  reasons          jsonb not null,
  is_question      boolean not null default false,
  primary key (shop_id, one_shop_id, one_product_id, other_shop_id, other_product_id),
  foreign key (one_shop_id, one_product_id) references products (shop_id, product_id) on delete cascade,
  foreign key (other_shop_id, other_product_id) references products (shop_id, product_id) on delete cascade
);
create index on match_pairs (shop_id, other_shop_id, other_product_id);
create index on match_pairs (one_shop_id, one_product_id);
create index on match_pairs (other_shop_id, other_product_id);
create index match_questions on match_pairs (shop_id, confidence) where is_question;

-- What the merchant said of two listings; it always holds.
create table match_decisions (
  shop_id          integer not null references shops (id) on delete cascade,
  one_shop_id      integer not null,
  one_product_id   bigint not null,
  other_shop_id    integer not null,
  other_product_id bigint not null,
  is_same          boolean not null,
  decided_at       timestamptz(3) not null,
  primary key (shop_id, one_shop_id, one_product_id, other_shop_id, other_product_id),
  foreign key (one_shop_id, one_product_id) references products (shop_id, product_id) on delete cascade,
  foreign key (other_shop_id, other_product_id) references products (shop_id, product_id) on delete cascade
);
create index on match_decisions (one_shop_id, one_product_id);
create index on match_decisions (other_shop_id, other_product_id);

-- Groups of listings that are one product, as one shop sees them.
create table match_members (
  shop_id         integer not null references shops (id) on delete cascade,
  listing_shop_id integer not null,
  product_id      bigint not null,
  group_id        uuid not null,
  primary key (shop_id, listing_shop_id, product_id),
  foreign key (listing_shop_id, product_id) references products (shop_id, product_id) on delete cascade
);
create index on match_members (shop_id, group_id);
create index on match_members (listing_shop_id, product_id);
