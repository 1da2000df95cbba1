/** Parts that grow together, except where something keeps them apart. A key is a part by itself until it
 * is joined to another. */
export class Partition {
  readonly #parents = new Map<string, string>();
  readonly #members = new Map<string, string[]>();
  /** The parts that a part is kept apart from, by their roots. */
  readonly #apart = new Map<string, Set<string>>();

  rootOf(key: string): string {
    let root = key;
    for (let up = this.#parents.get(root); up !== undefined; up = this.#parents.get(root))
      root = up;
    if (root !== key) this.#parents.set(key, root);
    return root;
  }

  /** Joins the parts of two keys, unless something keeps them apart. */
  join(one: string, other: string): void {
    const [root, joined] = [this.rootOf(one), this.rootOf(other)].sort();
    if (root === undefined || joined === undefined || this.isDecided(one, other)) return;
    this.#parents.set(joined, root);
    this.#members.set(root, [...this.#membersOf(root), ...this.#membersOf(joined)]);
    this.#members.delete(joined);
    for (const third of this.#apart.get(joined) ?? []) {
      this.#apart.get(third)?.delete(joined);
      this.#setApart(root, third);
    }
    this.#apart.delete(joined);
  }

  /** Keeps the parts of two keys apart from now on, unless they are joined already. */
  keepApart(one: string, other: string): void {
    const [root, third] = [this.rootOf(one), this.rootOf(other)];
    if (root !== third) this.#setApart(root, third);
  }

  /** Whether two keys are together, or kept apart. */
  isDecided(one: string, other: string): boolean {
    const [root, third] = [this.rootOf(one), this.rootOf(other)];
    return root === third || (this.#apart.get(root)?.has(third) ?? false);
  }

  /** Parts of two keys and more, in order. */
  groups(): string[][] {
    return [...this.#members.values()]
      .filter(({ length }) => length > 1)
      .map((members) => members.toSorted())
      .sort(([a = ""], [b = ""]) => (a < b ? -1 : 1));
  }

  #membersOf(root: string): string[] {
    return this.#members.get(root) ?? [root];
  }

  #setApart(root: string, third: string): void {
    this.#apart.set(root, (this.#apart.get(root) ?? new Set<string>()).add(third));
    this.#apart.set(third, (this.#apart.get(third) ?? new Set<string>()).add(root));
  }
}
