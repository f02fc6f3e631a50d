/** An object of the API as its JSON has it: times are texts, and no name is escaped because TypeScript reserves it. */
export type Json<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? readonly Json<Item>[]
    : T extends object
      ? { readonly [Key in keyof T as Key extends `_${infer Name}` ? Name : Key]: Json<T[Key]> }
      : T;

interface Typed {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly resourceVersion?: string;
    readonly generation?: number;
    readonly uid?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
  };
}

/** Any object of the API. */
export type KubernetesObject = Typed;

/** An object as it is applied: what names it is there. */
export type Applied<T> = Json<T> & {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
};
