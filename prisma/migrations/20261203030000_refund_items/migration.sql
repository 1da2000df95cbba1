-- What came back of each line, refund by refund: a product's refunds are booked on their own day.
create table refund_items (
  shop_id        integer not null,
  order_id       bigint not null,
  refund_id      bigint not null,
  line_item_id   bigint not null,
  refunded_at    timestamptz(3) not null,
  quantity       integer not null,
  subtotal_minor bigint not null,
  primary key (shop_id, order_id, refund_id, line_item_id)
);
create index on refund_items (shop_id, refunded_at);
