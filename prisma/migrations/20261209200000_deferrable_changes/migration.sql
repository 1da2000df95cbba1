-- A merge looks for the variants of its changes when the planner knows how many there are.
alter table variant_changes alter constraint variant_changes_shop_id_variant_id_fkey deferrable;
