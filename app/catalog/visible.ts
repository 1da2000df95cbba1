/** What shoppers may see of `products p`: neither draft, archived nor unlisted, published by now, and not
 * gone. The one home of that rule, for SQL. */
export const VISIBLE = "p.status = 'ACTIVE' and p.published_at <= now() and p.deleted_at is null";
