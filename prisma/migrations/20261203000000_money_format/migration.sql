alter table shops add column money_format text;
