/** What a loader's data becomes on its way to the page: moments are ISO timestamps. */
export type Shown<Data> = Data extends Date
  ? string
  : Data extends readonly (infer Item)[]
    ? Shown<Item>[]
    : Data extends object
      ? { [Field in keyof Data]: Shown<Data[Field]> }
      : Data;
