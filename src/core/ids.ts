declare const kind: unique symbol;
type Branded<Name extends string> = string & { readonly [kind]: Name };

/** The model's id of one tool call (`toolu_…`), unique within a session. */
export type CallId = Branded<'CallId'>;

export const callId = (text: string): CallId => text as CallId;
