-- What lets a program read a shop's data through the API. The token itself is nowhere.
create table api_tokens (
  shop_id      integer not null references shops (id) on delete cascade,
  token_id     uuid not null,
  name         text not null,
  hint         text not null,
  hash         text not null unique,
  scopes       text[],
  created_at   timestamptz(3) not null,
  expires_at   timestamptz(3),
  revoked_at   timestamptz(3),
  last_used_at timestamptz(3),
  primary key (shop_id, token_id)
);

-- The list of products: an index for each order that it can stand in.
create index on products (shop_id, updated_at, product_id) where deleted_at is null;
create index on products (shop_id, lower(title), product_id) where deleted_at is null;
create index on products (shop_id, min_price_minor, product_id) where deleted_at is null;

-- The words by which a product is found; and its shop, as what no word can be, so that a search reads its
-- own shop's alone. Punctuation is taken out: to_tsvector would read addresses, paths and signs in it.
create function product_words(shop_id integer, title text, vendor text, handle text)
returns tsvector language sql immutable parallel safe
return array_to_tsvector(array['#' || shop_id::text]) ||
       to_tsvector('simple', translate(title || ' ' || vendor || ' ' || handle,
                                       '-_./\:@&+''', '          '));
create index on products using gin (product_words(shop_id, title, vendor, handle))
  where deleted_at is null;

-- What a product is also found by, and what is reduced.
create index on variants (shop_id, lower(sku) text_pattern_ops) where deleted_at is null;
create index on variants (shop_id, lower(barcode) text_pattern_ops) where deleted_at is null;
create index on variants (shop_id, product_id)
  where deleted_at is null and compare_at_minor > price_minor;

-- What happened to one product.
create index on product_views (shop_id, product_id, viewed_at);
create index on cart_actions (shop_id, product_id, acted_at);
