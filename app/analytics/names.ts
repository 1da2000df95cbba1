/** The keys of a record, as a list that cannot be empty: what can be chosen among. */
export const namesOf = <Name extends string>(record: Record<Name, unknown>) =>
  Object.keys(record) as [Name, ...Name[]];
