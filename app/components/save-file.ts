/** Offers a JSON file to the browser's downloads. A link to the server would not do inside the
 * admin: a navigation carries no session token. */
export function saveJson(name: string, content: unknown): void {
  save(name, new Blob([JSON.stringify(content, null, 2)], { type: "application/json" }));
}

/** The same with a file of ours, which is fetched with the session's token.
 * @returns whether it has all rows
 * @throws {Error} the server does not give it */
export async function saveCsv(name: string, address: string): Promise<boolean> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the file could not be fetched: ${response.status}`);
  save(name, await response.blob());
  return !response.headers.has("X-Next-Cursor");
}

function save(name: string, file: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
